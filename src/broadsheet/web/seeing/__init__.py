"""What an operator sees of a running node: health, figures, logs."""
