"""What the screens say, as plain data for other programs."""
