"""The partnership's policy as data: one dated edition per file, typed, checked, never edited once adopted."""
