"""Limits on an officer's time, one kind a file. Each is asked of one detail (`verdict`) or of many (`sift`)."""
