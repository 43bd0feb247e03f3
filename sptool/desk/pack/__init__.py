"""The proof pack, with which somebody else checks a case or the whole folder without sptool."""
