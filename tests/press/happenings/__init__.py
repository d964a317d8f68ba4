"""All that can happen to a newspaper, as rules of a state machine."""

from .articles import Articles
from .lists import Lists
from .readers import Readers
from .site import WholeSite


class Everything(Articles, Lists, Readers, WholeSite):
    """All of it."""
