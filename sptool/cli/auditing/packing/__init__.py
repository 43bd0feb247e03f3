"""The proof pack: what a second person needs to check a case, or a whole folder, with git and ssh-keygen alone."""
