"""What the history proves: its soundness, its shape, the rules replayed, signatures and checkpoints."""
