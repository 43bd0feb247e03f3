"""What auditors ask of a history: the proof, checkpoints, looking back on a case and on a decision."""
