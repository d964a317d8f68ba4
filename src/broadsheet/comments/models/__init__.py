"""What is kept of readers and their comments, and what the site's owner sets."""

from .comments import Discussion, Event, ReaderComment, Revision, Status
from .letters import Letter, Subscription
from .moderation import Appeal, CommentPolicy, PartPolicy, Report, Rule
from .settings import CommentSettings, EmailField

__all__ = [
    "Appeal",
    "CommentPolicy",
    "CommentSettings",
    "Discussion",
    "EmailField",
    "Event",
    "Letter",
    "PartPolicy",
    "ReaderComment",
    "Report",
    "Revision",
    "Rule",
    "Status",
    "Subscription",
]
