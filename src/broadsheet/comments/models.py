"""What is kept of readers and their comments."""
