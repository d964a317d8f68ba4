"""A complete small newspaper to look at: its texts, its pictures' program, and what puts them in the database."""
