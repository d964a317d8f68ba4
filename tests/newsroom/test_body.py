"""A story opens with a drop cap where that is a capital letter with room to stand."""

import pytest

from broadsheet.newsroom import body
from broadsheet.newsroom.models import ArticlePage

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
