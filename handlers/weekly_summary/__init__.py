"""The weekly summary: what changed, what waits for whom, and where it leads."""
