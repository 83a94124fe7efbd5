"""The Home: what waits for a person across all features, what is theirs, and their settings."""
