"""Giving each published comment its place on a sheet, once and for good."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F

from .models import Discussion, ReaderComment, Status

FULL = 50  # no new conversation begins on a sheet with so many comments
CROWDED = 100  # nor does one go on there: its next reply stands on the last sheet, with a link back


def sheet_for(*, last: int, on_last: int, parents: int | None, on_parents: int) -> int:
    """The sheet of a new comment: its parent's unless that is crowded, else the last one, or a new one after it.

    `on_last` and `on_parents` count the comments that ever took a place there: withdrawn ones keep theirs.
    """
    if parents is not None and on_parents < CROWDED:
        return parents
    return last if on_last < FULL else last + 1


def take_place(comment: ReaderComment) -> int:
    """Count a comment that gets published, and say on which sheet it stands. Call it in a transaction."""
    discussion = _locked(comment.page_id)
    sheet = comment.sheet or _sheet_for(comment, discussion)
    discussion.published += 1
    discussion.sheets = max(discussion.sheets, sheet)
    discussion.save()
    return sheet


def _locked(page_id: int) -> Discussion:
    """The page's row, held until the transaction ends."""
    rows = Discussion.objects.select_for_update()
    try:
        return rows.get(page_id=page_id)
    except Discussion.DoesNotExist:
        Discussion.objects.get_or_create(page_id=page_id)
        return rows.get(page_id=page_id)


def take_new_places(
    page_id: int, comments: Sequence[ReaderComment], parents: Mapping[int, int]
) -> tuple[int, ...]:
    """Give each of these new comments its sheet; `parents` tells where those stand that are answered.

    Returns the sheets that look different now, as `changed_with` does. Four queries. Call it in a transaction.
    """
    discussion = _locked(page_id)
    relevant = {discussion.sheets, *parents.values()}
    placed = ReaderComment.objects.filter(page_id=page_id, sheet__in=relevant)
    counted = placed.order_by().values_list("sheet").annotate(number=Count("pk"))
    plan = Plan(discussion, dict(parents), {sheet: number for sheet, number in counted if sheet})
    begun = []
    for comment in comments:
        comment.sheet = plan.place(comment.parent_id)
        if plan.number_on[comment.sheet] == 1 and comment.sheet > 1:
            begun.append(comment.sheet - 1)
    discussion.save()  # lists of articles follow later
    own = [comment.sheet for comment in comments if comment.sheet]
    return tuple(dict.fromkeys([*own, 1, *begun]))


def published_on(comment_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Page and sheet of those comments that are published; no query for none."""
    if not comment_ids:
        return {}
    found = ReaderComment.objects.filter(pk__in=comment_ids, status=Status.PUBLISHED)
    return {
        pk: (page_id, sheet or 1)
        for pk, page_id, sheet in found.values_list("pk", "page_id", "sheet")
    }


def leave_place(comment: ReaderComment) -> None:
    """Count a comment out that is published no longer. Its sheet stays its own, should it come back."""
    Discussion.objects.filter(page_id=comment.page_id).update(published=F("published") - 1)


def changed_with(comment: ReaderComment) -> tuple[int, ...]:
    """The sheets that a comment's change shows on: its own first, then the first, which tells the number of comments.

    A comment that begins a sheet changes the way from the one before; one that has replies elsewhere is named there.
    """
    own = comment.sheet or 1
    changed = [own, 1]
    if own > 1 and _on(comment.page_id, own) <= 1:
        changed.append(own - 1)
    if comment.pk is not None:  # a new one has no replies
        replies = ReaderComment.objects.filter(parent_id=comment.pk, sheet__isnull=False)
        found = replies.order_by("sheet").values_list("sheet", flat=True).distinct()
        changed += [sheet for sheet in found if sheet]
    return tuple(dict.fromkeys(changed))


def number_of(page_id: int) -> int:
    """How many sheets a page's discussion has; the first is there from the beginning."""
    return Discussion.objects.filter(page_id=page_id).values_list("sheets", flat=True).first() or 1


def _sheet_for(comment: ReaderComment, discussion: Discussion) -> int:
    parents = (
        ReaderComment.objects.filter(pk=comment.parent_id).values_list("sheet", flat=True).first()
        if comment.parent_id
        else None
    )
    last = discussion.sheets
    return sheet_for(
        last=last,
        on_last=_on(comment.page_id, last),
        parents=parents,
        on_parents=_on(comment.page_id, parents) if parents else 0,
    )


def _on(page_id: int, sheet: int) -> int:
    return ReaderComment.objects.filter(page_id=page_id, sheet=sheet).count()


@dataclass(slots=True)
class Plan:
    """Places for many comments of one page at once."""

    discussion: Discussion
    sheet_of: dict[int, int] = field(default_factory=dict)  # comment that is answered → sheet
    number_on: dict[int, int] = field(default_factory=dict)  # sheet → comments

    def place(self, parent_id: int | None) -> int:
        """The sheet of one more published comment."""
        parents = self.sheet_of.get(parent_id) if parent_id else None
        last = self.discussion.sheets
        sheet = sheet_for(
            last=last,
            on_last=self.number_on.get(last, 0),
            parents=parents,
            on_parents=self.number_on.get(parents, 0) if parents else 0,
        )
        self.number_on[sheet] = self.number_on.get(sheet, 0) + 1
        self.discussion.sheets = max(last, sheet)
        self.discussion.published += 1
        return sheet


def plans(parents: Mapping[int, Mapping[int, int]]) -> dict[int, Plan]:
    """A plan for each of these pages: page → the sheets of its comments that are answered, by comment.

    Three queries, however many pages. Call it in a transaction, which holds the pages' rows until it ends.
    """
    Discussion.objects.bulk_create(
        [Discussion(page_id=page_id) for page_id in parents], ignore_conflicts=True
    )
    rows = Discussion.objects.select_for_update().filter(page_id__in=parents).order_by("page_id")
    made = {row.page_id: Plan(row, dict(parents[row.page_id])) for row in rows}
    relevant = {
        sheet
        for plan in made.values()
        for sheet in (plan.discussion.sheets, *plan.sheet_of.values())
    }
    placed = ReaderComment.objects.filter(page_id__in=made, sheet__in=relevant)
    counted = placed.order_by().values_list("page_id", "sheet").annotate(number=Count("pk"))
    for page_id, sheet, number in counted:
        if sheet:
            made[page_id].number_on[sheet] = number
    return made


def keep(plans: Iterable[Plan]) -> None:
    """Write what was planned, in one statement: the rows are there, and held.

    Lists of articles tell the new number at once: whoever brings many comments has them printed.
    """
    rows = [plan.discussion for plan in plans]
    for row in rows:
        row.listed = row.published
    counts = ["published", "listed", "sheets"]
    Discussion.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page"], update_fields=counts
    )
