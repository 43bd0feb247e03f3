"""The policy as data: the shipped edition, what is refused in one, and England's calendar."""
