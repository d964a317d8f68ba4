"""Moving in: archives of other systems become articles, photos and comments here."""
