"""What an archive holds of the database: everything, save what each node or process makes anew for itself."""

from collections.abc import Sequence
from typing import Final

from django.apps import apps
from django.db import models

MADE_ANEW: Final = frozenset(
    (
        *(
            "contenttypes.contenttype",
            "auth.permission",
        ),  # made by migrations, named by their natural keys
        *("sessions.session", "press.node", "press.printorder", "press.placement"),
        *(
            "wagtailcore.referenceindex",
            "wagtailsearch.indexentry",
            "wagtailsearch.sqliteftsindexentry",
        ),
        *("wagtailadmin.editingsession", "wagtailadmin.formstate"),
    )
)


def archived_models() -> Sequence[type[models.Model]]:
    """Every model whose rows go into an archive: parents of an inherited one before it."""
    found = [
        model
        for model in apps.get_models()
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in MADE_ANEW
    ]
    return sorted(found, key=lambda model: (len(model._meta.all_parents), model._meta.label_lower))
