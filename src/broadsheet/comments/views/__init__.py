"""Readers write, see their receipt, report, and take back: each view parses and calls one action."""
