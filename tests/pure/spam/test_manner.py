"""What is counted of how a submission is written, and of where it leads, in whatever language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.spam import Submission, circumstances, links, wording
from broadsheet.spam.bands import Bands
from broadsheet.spam.reading import read
from tests.pure.spam.builders import submissions


def found(text: str, **fields: str) -> list[str]:
    return circumstances.names(read(Submission(text, **fields)))


def the(beginning: str, names: list[str]) -> str:
    (name,) = [name for name in names if name.startswith(f"{beginning} ")]
    return name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("So glad it is open again :)", "smiley"),
        ("Спасибо))", "smiley"),
        ("The council decided so.", "no smiley"),
        ("well… we shall see", "trails off"),
        ("Well, we shall see.", "does not trail off"),
        ("@anna: you are right", "answers by name"),
        ("> The bridge is closed.\nFor how long?", "cites"),
        ("You say:\n> The bridge is closed.", "cites"),
    ],
)
def test_the_manner_of_a_text_is_named(text, name):
    assert name in found(text)


@pytest.mark.parametrize(
    "text", ["Mail anna@town.example, please", "5 > 3", "12:30 at (the) station"]
)
def test_what_only_looks_like_it_is_not(text):
    assert not {"smiley", "answers by name", "cites"} & set(found(text))


def test_long_sentences_are_told_from_short_ones():
    words = " ".join(["word"] * 20)

    assert the("sentence", found(f"{words}.")) == the("sentence", found(f"{words}. {words}."))
    assert the("sentence", found(words)) != the("sentence", found("One word. Two. And three more."))


def test_a_decimal_or_an_address_ends_no_sentence():
    assert the("sentence", found("It costs 2.50 at shop.example now")) == the(
        "sentence", found("It costs a lot at their place now")
    )


def test_names_amid_a_sentence_are_counted_and_its_beginning_is_not():
    names = found("yesterday Anna and Bert went to Bruges, Ghent and Antwerp")

    assert the("names inside", names) != the("names inside", found("Yesterday we went. Nice!"))
    assert the("names inside", found("Yesterday we went. Nice!")) == "names inside 0"


def test_manner_is_counted_together_with_where_it_leads():
    text = "the exact garment was procured in the autumn of that year"

    assert not [name for name in found(text) if name.startswith("prose")]
    assert the("prose", found(text, author_url="http://x.example/")).endswith("website")
    assert the("prose", found(f"{text} http://x.example")).endswith("link")


@pytest.mark.parametrize(
    ("email", "website", "name"),
    [
        ("anna@annas-garden.org", "http://www.annas-garden.org/about", "e-mail of the website"),
        ("anna@mail.annas-garden.co.uk", "annas-garden.co.uk", "e-mail of the website"),
        ("anna@post.example", "http://annas-garden.org", "e-mail of another site"),
        ("shop@one.co.uk", "http://other.co.uk", "e-mail of another site"),
    ],
)
def test_an_address_at_one_s_own_website_is_told_from_another(email, website, name):
    assert name in found("hello", author_email=email, author_url=website)


@pytest.mark.parametrize("fields", [{"author_email": "a@b.example"}, {"author_url": "b.example"}])
def test_without_a_website_or_an_address_there_is_nothing_to_compare(fields):
    assert not {"e-mail of the website", "e-mail of another site"} & set(found("hi", **fields))


@pytest.mark.parametrize("address", ["x@the website", "x@of the website"])
def test_nobody_can_claim_it_by_what_they_type(address):
    assert "e-mail of the website" not in found(
        "hi", author_email=address, author_url="http://spam.example"
    )


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("news.town.org", "town.org"),
        ("town.org", "town.org"),
        ("blog.town.co.uk", "town.co.uk"),
        ("town.com.au", "town.com.au"),
        ("www2.co.net", "co.net"),
        ("a.b.example.com", "b.example.com"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_what_someone_registered_is_told_from_what_is_shared(host, registered):
    assert links.registrable(host) == registered


def test_the_same_address_again_in_another_form_is_noticed():
    once = "[url=http://bags.example/sale]bags[/url]"

    assert "a link twice" in found(f"http://bags.example/sale {once}")
    assert "a link twice" not in found(once)


def test_links_to_one_site_are_told_from_links_to_many():
    assert "sites 1 of 2" in found("http://a.example/1 and http://a.example/2")
    assert "sites 2 of 2" in found("http://a.example/1 and http://b.example/2")


def test_a_website_that_the_text_calls_by_name_is_noticed():
    assert "calls the website by name" in found(
        "Goldbags offers you all", author_url="http://goldbags.com"
    )


def test_bands_have_each_bound_begin_the_next():
    bands = Bands("words", (1, 10))

    assert [bands.of(value) for value in (0, 1, 9.9, 10, 1e9)] == [
        "words 0", "words 1", "words 1", "words 2", "words 2"
    ]  # fmt: skip


@given(submissions, st.sampled_from(["", "http://goldbags.com", "nonsense", "//", "a.co.uk"]))
def test_every_name_has_words_of_its_own(submission, website):
    """A moderator reads no name of ours, whatever was sent."""
    submission = Submission(submission.text, author_url=website, author_email="a@b.example")

    for name in circumstances.names(read(submission)):
        assert wording.describe(name, submission) != name
