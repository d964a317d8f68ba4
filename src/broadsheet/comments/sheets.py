"""Giving each published comment its place on a sheet, once and for good."""

from django.db.models import F

from .models import Discussion, ReaderComment

FULL = 50  # no new conversation begins on a sheet with so many comments
CROWDED = 100  # nor does one go on there: its next reply stands on the last sheet, with a link back


def take_place(comment: ReaderComment) -> int:
    """Count a comment that gets published, and say on which sheet it stands. Call it in a transaction."""
    Discussion.objects.get_or_create(page_id=comment.page_id)
    discussion = Discussion.objects.select_for_update().get(page_id=comment.page_id)
    discussion.published += 1
    sheet = comment.sheet or _sheet_for(comment, discussion)
    discussion.sheets = max(discussion.sheets, sheet)
    discussion.save()
    return sheet


def number_of(page_id: int) -> int:
    """How many sheets a page's discussion has; the first is there from the beginning."""
    return Discussion.objects.filter(page_id=page_id).values_list("sheets", flat=True).first() or 1


def leave_place(comment: ReaderComment) -> None:
    """Count a comment out that is published no longer. Its sheet stays its own, should it come back."""
    Discussion.objects.filter(page_id=comment.page_id).update(published=F("published") - 1)


def _sheet_for(comment: ReaderComment, discussion: Discussion) -> int:
    beside_parent = _sheet_of_parent(comment)
    if beside_parent and _on(comment.page_id, beside_parent) < CROWDED:
        return beside_parent
    last = discussion.sheets
    return last if _on(comment.page_id, last) < FULL else last + 1


def _sheet_of_parent(comment: ReaderComment) -> int | None:
    if comment.parent_id is None:
        return None
    return (
        ReaderComment.objects.filter(pk=comment.parent_id).values_list("sheet", flat=True).first()
    )


def _on(page_id: int, sheet: int) -> int:
    """How many comments ever took a place there: withdrawn ones keep theirs."""
    return ReaderComment.objects.filter(page_id=page_id, sheet=sheet).count()
