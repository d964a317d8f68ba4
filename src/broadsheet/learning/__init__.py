"""The log of judgements, and the model rebuilt from it."""
