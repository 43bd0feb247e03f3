"""Generated case folders: fictional cases in any number, with their history."""
