"""What an officer does at the desk: each use of the program, without a terminal."""
