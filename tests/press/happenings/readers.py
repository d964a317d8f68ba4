"""What happens in discussions."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from broadsheet.comments import actions, authors, counting, places
from broadsheet.comments.models import CommentSettings, ReaderComment, Status
from broadsheet.newsroom.models import ArticlePage
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment
from tests.press.machine import Machine, one_event, which


class Readers(Machine):
    @rule(number=which, judgement=st.sampled_from(Judgement))
    def a_reader_comments(self, number: int, judgement: Judgement) -> None:
        article = self.pick(ArticlePage, number, live=True)
        place = places.find(article.pk) if article is not None else None
        if place is not None:
            self.count += 1
            with one_event():
                a_comment(place, f"My opinion number {self.count}.", judgement=judgement)

    @rule(number=which, status=st.sampled_from([Status.PUBLISHED, Status.SPAM]))
    def a_moderator_decides(self, number: int, status: Status) -> None:
        comment = self.pick(ReaderComment, number)
        if comment is not None:
            with one_event():
                actions.decide(comment_id=comment.pk, status=status, by=None, now=NOON)

    @rule(number=which)
    def an_author_has_a_comment_erased(self, number: int) -> None:
        comment = self.pick(ReaderComment, number)
        if comment is not None:
            with one_event():
                authors.erase(comment_ids=[comment.pk], unlearn=False, now=NOON)

    @rule()
    def lists_learn_how_many_comments_there_are(self) -> None:
        with one_event():
            counting.bring_up_to_date()

    @rule(depth=st.integers(min_value=1, max_value=3))
    def threads_get_another_depth(self, depth: int) -> None:
        changed = CommentSettings.for_site(builders.the_site())
        changed.depth = depth
        with one_event():
            changed.save()
