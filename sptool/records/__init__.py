"""What can be recorded: one frozen model per kind of record, a file per stage of the pathway."""
