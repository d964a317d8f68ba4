"""A story opens with a drop cap where that is a capital letter with room to stand; editors see what each block looks like."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom import body
from broadsheet.newsroom.blocks import Body
from broadsheet.newsroom.models import ArticlePage
from tests import builders

LONG = " and so on" * 20


@pytest.mark.parametrize(
    ("html", "drops"),
    [
        pytest.param(f"<p>The vote{LONG}</p>", True, id="a capital drops"),
        pytest.param(f"<p><b>Élan</b>{LONG}</p>", True, id="also in bold, also accented"),
        pytest.param(f"<p>“We counted{LONG}</p>", False, id="a quotation mark does not"),
        pytest.param(f"<p>14 members{LONG}</p>", False, id="a figure does not"),
        pytest.param(f"<p>جاء التصويت{LONG}</p>", False, id="Arabic letters are joined and do not"),
        pytest.param("<p>Short.</p>", False, id="a short paragraph has no room"),
        pytest.param(f"<ul><li>The{LONG}</li></ul>", False, id="a list does not"),
        pytest.param("", False, id="nothing does not"),
    ],
)
def test_what_takes_a_drop_cap(html: str, drops: bool) -> None:
    assert body.takes_a_drop_cap(html) is drops


def test_only_the_first_paragraph_opens_and_the_editors_keys_are_gone(db: None) -> None:
    paragraph = f'<p data-block-key="abc12">The vote{LONG}</p>'
    page = ArticlePage(body=[("paragraph", paragraph + paragraph), ("paragraph", paragraph)])

    html = body.html_of(page.body)

    assert html.count('class="opens"') == 1
    assert html.index("opens") < html.index("The vote")
    assert "data-block-key" not in html


@pytest.mark.parametrize("library", ["photos", "nothing"])
def test_the_picker_shows_an_example_of_each_kind_and_says_what_it_is_for(
    client: Client, db: None, library: str
) -> None:
    builders.a_paper()
    client.force_login(User.objects.create_superuser("ed", password="only for tests"))
    if library == "photos":
        builders.a_photo(description="The quay")
    kinds = [kind for kind in Body().child_blocks.values() if kind.is_previewable]

    pages = {
        kind.name: client.get(reverse("wagtailadmin_block_preview"), {"id": kind.definition_prefix})
        for kind in kinds
    }

    assert set(pages) == set(Body().child_blocks) - {"paragraph", "file", "markup"}
    assert all(kind.get_description() for kind in kinds)
    assert [name for name, page in pages.items() if page.status_code != 200] == []
    assert ("<picture" in pages["photo"].text) == (library == "photos")
    assert "<table" in pages["table"].text
