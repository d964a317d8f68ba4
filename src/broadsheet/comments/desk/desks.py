"""Each newspaper of an installation has a desk of its own: at its own host, with the comments on its own pages."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from broadsheet.comments.models import ReaderComment, Rule
from broadsheet.comments.offices import office_of


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on one desk."""

    root: str = ""  # the tree path of the newspaper's front page; "" for all there is
    site_id: int | None = None  # the newspaper's; None: there is but one

    def has(self, comment: str = "") -> Q:
        """The condition that a comment lies here; `comment` leads to it, "comment__"."""
        return Q(**{f"{comment}page__path__startswith": self.root}) if self.root else Q()

    def comments(self) -> "QuerySet[ReaderComment]":
        return ReaderComment.objects.filter(self.has())

    def rules(self) -> "QuerySet[Rule]":
        """Those that work here: this newspaper's, and those of all."""
        if self.site_id is None:
            return Rule.objects.all()
        return Rule.objects.filter(Q(site=None) | Q(site_id=self.site_id))


def desk_of(request: HttpRequest) -> Desk:
    """The desk at the request's host, for who works there; all comments where there is but one newspaper."""
    site = office_of(request).site
    return Desk(site.root_page.path, site.pk) if site is not None else Desk()
