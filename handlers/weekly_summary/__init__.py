"""The weekly summary: what matters most, what changed, and on whom something waits."""
