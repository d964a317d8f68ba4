"""What stays as it is here although it was edited on this side, or has changed on the old site since it came over."""

from collections.abc import Mapping, Sequence

from wagtail.models import Page

from .ledger import Ledger
from .models import Imported
from .records import Story
from .tally import Tally


def look_at(
    stories: Sequence[Story],
    here: Mapping[str, int],
    *,
    ledger: Ledger,
    kind: Imported.Kind,
    tally: Tally,
) -> None:
    """Note those of the known `stories` that an editor has touched, and those that the old site has changed."""
    brought = ledger.changed_at(kind, here)
    # what is scheduled has a revision of the import's own
    edited = set(
        Page.objects.filter(
            pk__in=here.values(), latest_revision__isnull=False, go_live_at__isnull=True
        ).values_list("pk", flat=True)
    )
    for story in stories:
        if story.id not in here:
            continue
        is_edited = here[story.id] in edited
        tally.edited_here += is_edited
        then = brought.get(story.id)
        if then and story.updated_at and story.updated_at > then:
            tally.changed_there.add(
                title=story.headline,
                address=next(iter(story.addresses), ""),
                edited_here="yes" if is_edited else "no",
            )
