"""The readers' comments of the demonstration, delivered as those of an old site and through the comments' own doors."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from broadsheet.comments import actions
from broadsheet.comments.drafts import Draft
from broadsheet.comments.models import CommentSettings, ReaderComment, Status
from broadsheet.comments.places import Place
from broadsheet.importers import discussions, lessons
from broadsheet.importers.discussions import Thread
from broadsheet.importers.records import Comment, CommentState
from broadsheet.importers.tally import Tally
from broadsheet.learning import log
from broadsheet.learning.filters import current_filter
from broadsheet.learning.models import LoggedJudgement
from broadsheet.newsroom.models import ArticlePage

from .edition import Article, Edition
from .mailbag import Letter

ORIGIN = "demonstration"  # of comments, and in the filter's log
LIVELY = timedelta(hours=60)  # after that nobody writes any more
WAITING = timedelta(minutes=23)  # between two comments on the desk


def deliver(texts: Edition, pages: Mapping[str, ArticlePage], *, now: datetime) -> None:
    """Published comments with their threads, then those that wait, then spam."""
    threads = [
        Thread(pages[article.slug].pk, pages[article.slug].language, _thread(article, now))
        for article in texts.articles
    ]
    discussions.bring(threads, origin=ORIGIN, now=now, tally=Tally())
    letters = [comment for thread in threads for comment in thread.comments]
    log.record_past_decisions(
        (lessons.decision(letter, now=now) for letter in letters), origin=ORIGIN
    )
    _submit(texts.held, pages, now=now, status=Status.HELD)
    _submit(texts.spam, pages, now=now, status=Status.SPAM)


def remove() -> None:
    """Every comment that `deliver` brought, with what the filter has logged and learnt of it."""
    comments = ReaderComment.objects.filter(source__startswith=f"{ORIGIN}:")
    judged = list(comments.filter(judgement__isnull=False).values_list("judgement", flat=True))
    comments.update(parent=None)
    comments.delete()
    log.remove(LoggedJudgement.objects.filter(Q(pk__in=judged) | Q(origin=ORIGIN)))


def _thread(article: Article, now: datetime) -> tuple[Comment, ...]:
    """Spread over the article's lively time, an answer always after what it answers."""
    age = min(timedelta(hours=article.age_hours), LIVELY)
    published_at = now - timedelta(hours=article.age_hours)
    return tuple(
        Comment(
            id=f"{article.slug}:{number}",
            parent="" if letter.answers is None else f"{article.slug}:{letter.answers}",
            author=letter.author,
            email=letter.email,
            web_address="",
            network_address="",
            text=letter.text,
            written_at=published_at + age * ((number + 1) / (len(article.letters) + 1)) ** 1.4,
            state=CommentState.PUBLISHED,
        )
        for number, letter in enumerate(article.letters)
    )


def _submit(
    letters: Iterable[Letter], pages: Mapping[str, ArticlePage], *, now: datetime, status: Status
) -> None:
    """Judged by the site's own filter, so that the desk shows its clues; then where they belong here."""
    spam_filter = current_filter()
    for number, letter in enumerate(letters):
        place = Place.of(pages[letter.article])
        if status == Status.HELD:
            place = replace(place, settings=_that_hold(place))
        sent_at = now - (number + 1) * WAITING
        comment = actions.submit(
            place=place,
            draft=_draft(letter, f"2001:db8:{status.value.encode()[0]:x}{number:02x}::1"),
            spam_filter=spam_filter,
            now=sent_at,
        )
        if comment.status != status:  # the filter missed it
            comment = actions.decide(comment_id=comment.pk, status=status, by=None, now=sent_at)
        comment.source = f"{ORIGIN}:{status.value.lower()}:{number}"
        comment.save(update_fields=["source"])


def _that_hold(place: Place) -> CommentSettings:
    """The site's settings, but every author's first comment waits, whatever the filter says."""
    settings = copy.copy(place.settings)
    settings.hold_first, settings.shadow_mode = True, True
    return settings


def _draft(letter: Letter, address: str) -> Draft:
    return Draft(
        author=letter.author,
        text=letter.text,
        email=letter.email,
        web_address=letter.web_address,
        address=address,
        user_agent="Mozilla/5.0",
    )
