"""Moving a site's database from SQLite to PostgreSQL."""
