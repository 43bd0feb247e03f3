"""The rules: what may be recorded, what criteria point to, deadlines. Pure: no clock, disk or screen."""
