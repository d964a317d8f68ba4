"""The newsletter in the editor: an edition on its way, and who gets it."""
