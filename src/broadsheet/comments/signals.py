"""What the comments tell the rest of the newspaper."""

from django.dispatch import Signal

# Sent in the transaction that changes what readers see below a page.
# page_id: int; sheets: tuple[int, ...], the sheets of the discussion that look different
# afterwards, the one that the reader wants to see first.
thread_changed = Signal()

# Sent in the transaction that changes how many comments lists of articles show.
# page_ids: list[int].
counts_changed = Signal()

# Sent when new comments are kept for good.
# statuses: list[str], what became of each.
comments_kept = Signal()
