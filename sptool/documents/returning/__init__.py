"""The agency's return form: what it asks, how a blank one is made, and how a filled-in one is read back."""
