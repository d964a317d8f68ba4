"""What the newsroom tells the rest of the newspaper, where Wagtail's own signals don't."""

from django.dispatch import Signal

# Sent once, in a transaction of its own, after very many pages were changed without a signal for each: print everything.
archive_changed = Signal()

# Sent in the transaction that changes what is shown around pages, but nothing of their own that others show.
# page_ids: list[int].
surroundings_changed = Signal()
