"""Showing a draft to people without an account, by a link that expires and can be revoked."""
