"""Documents made, written to files, and recorded as sent."""
