"""What readers are served: pages printed to files when something changes."""
