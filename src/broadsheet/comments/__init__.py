"""Readers' comments: writing, judging, moderating, forgetting."""
