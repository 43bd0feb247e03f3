"""What stands on each screen. Imported inside the commands only, since it needs the records and the rules."""
