"""Django's PostgreSQL, but for which of several servers it asks first (servers.py)."""
