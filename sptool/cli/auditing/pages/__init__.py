"""The screens of what auditors ask: a history, a decision as it was taken."""
