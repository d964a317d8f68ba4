"""A reader comments; spam is held; a moderator decides; the page follows."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.reading import open_when_it_says
from tests.journeys.served import Served

GOOD = "I was on the first crossing this morning, and the kettle in the saloon works again. Well done to the yard."
SPAM = (
    "Best cheap pills online without prescription!!! Buy now http://cheap-pills-shop.example/buy "
    "http://casino-bonus.example/free and get 100% free casino bonus, click here http://seo-links.example"
)


@pytest.fixture
def article(paper: Served) -> str:
    """The address of a published article."""
    return paper.published_article("The kettle works again")


def write(reader: Page, article: str, author: str, text: str) -> None:
    reader.goto(article)
    form = reader.locator("form.comment-form")
    form.get_by_label("Name").fill(author)
    form.get_by_role("textbox", name="E-mail").fill(f"{author.split()[0].lower()}@mail.example")
    form.get_by_label("Comment", exact=False).last.fill(text)
    form.get_by_role("button").last.click()


def test_a_comment_goes_from_the_form_to_the_page_in_one_redirect(
    reader: Page, article: str
) -> None:
    answers: list[int] = []
    reader.on(
        "response",
        lambda response: (
            answers.append(response.status) if response.request.is_navigation_request() else None
        ),
    )

    write(reader, article, "Dana Brook", GOOD)

    expect(reader.locator(".thread")).to_contain_text(GOOD)
    assert answers == [200, 303, 200]
    assert "dana@mail.example" not in reader.content()
    assert reader.context.cookies() == []


def test_spam_is_held_back_until_a_moderator_says_otherwise(
    reader: Page, editor: Page, article: str
) -> None:
    author = f"Pill Shop {article[-6:]}"
    write(reader, article, author, SPAM)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Your comment")
    reader.goto(article)
    expect(reader.locator(".thread")).not_to_contain_text("cheap-pills-shop")

    editor.goto("/editor/comments/?pile=HELD")
    if not editor.locator(".desk-card", has_text=author).count():
        editor.goto("/editor/comments/?pile=SPAM")
    card = editor.locator(".desk-card", has_text=author).first
    expect(card).to_contain_text("%")
    card.get_by_role("button", name="Publish").click()
    expect(editor.locator(".desk-card", has_text=author)).to_have_count(0)

    open_when_it_says(reader, article, "cheap-pills-shop")

    editor.goto("/editor/comments/?pile=PUBLISHED")
    editor.locator(".desk-card", has_text=author).get_by_role("button", name="Spam").click()
    expect(editor.locator(".desk-card", has_text=author)).to_have_count(0)
    open_when_it_says(reader, article, "0 comments")


def test_what_is_wrong_is_said_in_the_page_and_what_was_typed_is_kept(
    reader: Page, article: str
) -> None:
    reader.goto(article)
    form = reader.locator("form.comment-form")
    form.evaluate("form => form.noValidate = true") if reader.evaluate("1") else None
    form.get_by_label("Name").fill("Dana Brook")
    form.get_by_role("textbox", name="E-mail").fill("dana@nowhere")
    form.get_by_label("Comment", exact=False).last.fill(
        "A long thought that nobody wants to type twice."
    )
    form.get_by_role("button").last.click()

    expect(reader.locator("main")).to_contain_text(
        "A long thought that nobody wants to type twice."
    )
    expect(reader.get_by_label("Name")).to_have_value("Dana Brook")
