"""The Home: what needs a person across all features, what is theirs, and their settings."""
