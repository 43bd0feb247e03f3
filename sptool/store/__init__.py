"""The case folder on disk: a git repository, written by plumbing, one commit for each step."""
