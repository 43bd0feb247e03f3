"""The documents that officers send, made from a case by templates in Markdown."""
