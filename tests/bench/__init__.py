"""Speed, measured side by side with a floor in one run: `make bench`.

Each server runs in a process of its own; the load comes from this one. The floor is a Bolt app on the same machine
that does nothing but acknowledge, or post a fixed answer.
"""
