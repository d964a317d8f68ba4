"""The Akismet-compatible interface that lets other sites ask this filter."""
