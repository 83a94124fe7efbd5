"""Requirements beyond accuracy: a card of what is asked of a model, agreed by both sides, and what was measured."""
