"""What readers look for in the paper."""
