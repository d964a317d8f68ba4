"""WordPress's export files (WXR)."""
