"""What was worked out from the records, kept for speed: derived, private, and disposable."""
