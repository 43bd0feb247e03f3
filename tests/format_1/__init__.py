"""A case folder of format 1 as it was stored when the format was frozen. Nothing here is ever made again."""
