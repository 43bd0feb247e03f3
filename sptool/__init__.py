"""sptool: Learning from Practice, from referral to close, as records in git."""

__version__ = "0.1.0"
