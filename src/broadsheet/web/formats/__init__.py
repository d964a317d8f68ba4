"""Dates where Django's own formats fall back to American ones."""
