"""An agency's filled-in form, from the file to answers."""
