"""What the old site's moderators decided, as the filter's first lessons."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from broadsheet.comments.offices import paper_of
from broadsheet.learning import log, trainer
from broadsheet.learning.log import PastDecision
from broadsheet.learning.models import LoggedJudgement, Source
from broadsheet.newsroom.papers import paper
from broadsheet.spam import Submission

from .ledger import Ledger
from .models import Imported
from .records import Comment, CommentState

_BATCH = 500
_LONGEST = 20_000  # characters of a text


class Lessons:
    """Teaches each decision once."""

    def __init__(self, ledger: Ledger, now: datetime) -> None:
        self._ledger, self._now = ledger, now
        self._paper = paper_of(paper())  # whose filter learns
        self.spam = self.ham = 0  # taught now

    @transaction.atomic
    def teach(self, comments: Sequence[Comment]) -> None:
        """Spam, and of approved comments as many as there was spam: either alone would tell the filter little.

        What nobody decided about teaches nothing.
        """
        known = self._ledger.some(Imported.Kind.LESSON, [comment.id for comment in comments])
        new = {comment.id: comment for comment in comments if comment.text}
        lessons = [comment for name, comment in new.items() if name not in known]
        spam = [comment for comment in lessons if comment.state is CommentState.SPAM]
        ham = [comment for comment in lessons if comment.state is CommentState.PUBLISHED]
        self.spam += len(spam)
        ham = ham[: self.spam - self.ham]
        self.ham += len(ham)
        log.record_past_decisions(
            (decision(comment, now=self._now) for comment in (*spam, *ham)),
            origin=self._ledger.archive.address,
            paper=self._paper,
        )
        self._ledger.note(Imported.Kind.LESSON, {comment.id: 0 for comment in (*spam, *ham)})

    def forget_texts(self) -> None:
        """Keep what was learnt, and erase the words that it was learnt from."""
        trainer.keep_what_was_learnt(self._paper)
        rows = LoggedJudgement.objects.filter(
            source=Source.IMPORT,
            origin=self._ledger.archive.address,
            paper=self._paper,
            submission__isnull=False,
        ).order_by("pk")
        while ids := list(rows.values_list("pk", flat=True)[:_BATCH]):
            log.erase(judgement_ids=ids, unlearn=False)


def decision(comment: Comment, *, now: datetime) -> PastDecision:
    """What was decided about a comment, which is dated `now` where its date is unknown."""
    _, at, host = comment.email.rpartition("@")
    written_at = comment.written_at or now
    submission = Submission(
        text=comment.text[:_LONGEST],
        author=comment.author,
        author_email=f"name@{host}" if at else "",
        author_url=comment.web_address,
        sent_at=written_at.timestamp(),
    )
    return PastDecision(submission, comment.state is CommentState.SPAM, written_at)
