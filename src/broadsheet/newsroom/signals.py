"""What the newsroom tells the rest of the newspaper, where Wagtail's own signals don't."""

from django.dispatch import Signal

# Sent once, in a transaction of its own, after very many pages were changed without a signal for each: print everything.
archive_changed = Signal()
