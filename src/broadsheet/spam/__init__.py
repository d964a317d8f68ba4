"""The spam filter: plain Python and NumPy, importable alone."""
