"""The moderators' desk in the editor: what waits, why, and one key or button for each decision."""
