"""What follows from the records of every case, kept beside them to be found at once. It can be lost without loss."""
