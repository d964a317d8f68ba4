"""Articles, sections, contributors, photos: what a newspaper publishes, edited in Wagtail."""
