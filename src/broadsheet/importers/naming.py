"""A new newspaper is called what the old site was called."""

from django.conf import settings

from broadsheet.newsroom.models import Newspaper
from broadsheet.newsroom.papers import paper

from .wordpress.convert import plain_text
from .wordpress.export import Channel

_SAYS_NOTHING = "Just another WordPress site"  # what WordPress writes until somebody else does


def name_after(channel: Channel) -> None:
    """Take the name, the motto and the language, unless somebody has named the paper here."""
    newspaper = Newspaper.for_site(paper())
    title, motto = plain_text(channel.title), plain_text(channel.description)
    if not title or newspaper.name != Newspaper().name:
        return
    newspaper.name = title[:120]
    if not newspaper.motto and motto != _SAYS_NOTHING:
        newspaper.motto = motto[:200]
    language = channel.language.lower().partition("-")[0]
    if newspaper.language == settings.LANGUAGE_CODE and language in dict(settings.LANGUAGES):
        newspaper.language = language
    newspaper.save()
