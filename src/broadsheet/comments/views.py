"""Readers write, see their receipt, and take back: each view parses and calls one action."""
