"""Photos as files: what they say about themselves, and what may be said of them where they are served. Plain Python."""
