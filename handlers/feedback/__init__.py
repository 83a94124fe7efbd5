"""Feedback: what the product learns in use reaches the people who trained the model, and comes to an end."""
