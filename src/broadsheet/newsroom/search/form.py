"""The form of the search page. What is wrong in it is left out rather than refused: a search should find something."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from broadsheet.newsroom.models import SectionPage, queries

from .find import MOST_PAGES, Question

_POSSIBLE = (
    MinValueValidator(date(queries.YEARS[0], 1, 1)),
    MaxValueValidator(date(queries.YEARS[-1], 12, 31)),
)


class SearchForm(forms.Form):
    """The names are short: they stand in the page's address."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    section = forms.ModelChoiceField(
        label=_("Section"), queryset=SectionPage.objects.none(), required=False
    )
    by = forms.CharField(label=_("Contributor"), max_length=120, required=False)
    since = forms.DateField(label=_("From"), required=False, validators=_POSSIBLE)
    until = forms.DateField(label=_("To"), required=False, validators=_POSSIBLE)
    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False)

    def __init__(self, data: Any, *, root: Page) -> None:
        """`root` is the newspaper's front page."""
        super().__init__(data)
        sections = SectionPage.objects.live().public().descendant_of(root).order_by("path")
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].localize = False  # browsers send 2026-03-14 in every language
            self.fields[name].input_formats = ["%Y-%m-%d"]  # type: ignore[attr-defined]

    def question(self) -> Question:
        """What was asked, without what was not understood."""
        self.is_valid()
        given = self.cleaned_data
        section = given.get("section")
        return Question(
            words=given.get("q", ""),
            section_id=section.pk if section else None,
            contributor=given.get("by", ""),
            since=given.get("since"),
            until=given.get("until"),
            page=given.get("page") or 1,
        )
