"""What is kept of readers and their comments, and what the site's owner sets."""

from .comments import Discussion, Event, ReaderComment, Status
from .settings import CommentSettings, EmailField

__all__ = ["CommentSettings", "Discussion", "EmailField", "Event", "ReaderComment", "Status"]
