"""Asking the old site itself, over the network. Plain Python."""
