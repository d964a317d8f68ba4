"""Articles of other systems, each read to the same records."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.others import (
    feed,
    front_matter,
    ghost,
    markdown_folder,
    template_tags,
)
from broadsheet.importers.others.front_matter import UnreadableFront
from broadsheet.importers.records import Kind, State, Tag

from .holdings import AT, ATOM, HOME, HUGO, JEKYLL, PELICAN, RSS


def test_ghost_brings_articles_pages_sections_and_members_only_as_drafts(tmp_path: Path) -> None:
    post = {
        "type": "post",
        "status": "published",
        "html": "<p>Late.</p>",
        "published_at": "2021-03-04T09:00:00.000Z",
    }
    data = {
        "posts": [
            post | {"id": "1", "title": "Ferry", "slug": "ferry", "featured": 1},
            post | {"id": "2", "title": "Inside", "slug": "inside", "visibility": "members"},
            post | {"id": "3", "title": "About", "slug": "about", "type": "page"},
        ],
        "tags": [
            {"id": "t", "slug": "harbour", "name": "Harbour"},
            {"id": "u", "slug": "tides", "name": "Tides"},
        ],
        "posts_tags": [
            {"post_id": "1", "tag_id": "u", "sort_order": 1},
            {"post_id": "1", "tag_id": "t", "sort_order": 0},
        ],
        "users": [
            {"id": "m", "slug": "mara", "name": "Mara Lindqvist", "email": "m@private.example"}
        ],
        "posts_authors": [{"post_id": "1", "author_id": "m", "sort_order": 0}],
    }
    (tmp_path / "ghost.json").write_text(json.dumps({"db": [{"data": data}]}), encoding="utf-8")

    paper = ghost.read(tmp_path / "ghost.json", HOME)

    ferry, inside, about = paper.stories
    assert (ferry.section, ferry.tags, ferry.contributors) == (
        "harbour",
        (Tag("tides", "Tides"),),
        ("m",),
    )
    assert (ferry.published_at, ferry.state, ferry.addresses) == (AT, State.PUBLISHED, ("/ferry/",))
    assert ferry.is_pinned
    assert (inside.state, bool(inside.note)) == (State.DRAFT, True)
    assert about.kind is Kind.PAGE
    assert [section.name for section in paper.sections] == ["Harbour"]
    assert "private" not in repr(paper)


def test_a_folder_of_hugo_jekyll_and_pelican(tmp_path: Path) -> None:
    for name, text in (
        ("a.md", HUGO),
        ("_posts/2021-03-04-b.md", JEKYLL),
        ("c.md", PELICAN),
        ("about.md", "Who we are."),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.replace("\n", "\r\n").encode())

    stories = {story.slug: story for story in markdown_folder.read(tmp_path, HOME).stories}

    assert {slug: story.published_at for slug, story in stories.items()} == {
        "a": AT,
        "b": AT,
        "c": AT,
        "about": None,
    }
    assert {slug: story.section for slug, story in stories.items()} == {
        "a": "harbour",
        "b": "harbour",
        "c": "harbour",
        "about": "",
    }
    assert stories["a"].blocks[0].value == "<p>Late <b>again</b>.</p>"
    assert "/old/ferry/" in stories["a"].addresses
    assert "/2021/03/04/b.html" in stories["b"].addresses
    assert (stories["b"].headline, stories["b"].contributors) == ("Ferry: late", ("Mara",))
    assert stories["c"].state is State.DRAFT
    assert stories["c"].tags == (Tag("tides", "tides"), Tag("wind", "wind"))
    assert stories["about"].kind is Kind.PAGE


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Secret.", encoding="utf-8")
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "a.md").write_text("Open.", encoding="utf-8")
    (folder / "b.md").symlink_to(tmp_path / "secret.md")

    assert [story.slug for story in markdown_folder.read(folder, HOME).stories] == ["a"]


@pytest.mark.parametrize(
    ("written", "block", "value"),
    [
        pytest.param(
            "{% highlight ruby %}\nputs 1\n{% endhighlight %}",
            "code",
            {"language": "ruby", "code": "puts 1"},
            id="code in Jekyll",
        ),
        pytest.param(
            '{{< highlight go "linenos=table" >}}\nx := 1\n{{< /highlight >}}',
            "code",
            {"language": "go", "code": "x := 1"},
            id="code in Hugo",
        ),
        pytest.param(
            "{{< youtube w7Ft2ymGmfc >}}",
            "embed",
            {"url": "https://www.youtube.com/watch?v=w7Ft2ymGmfc", "title": ""},
            id="a film",
        ),
        pytest.param(
            "before {% include map.html %} after",
            "paragraph",
            "<p>before  after</p>",
            id="a tag that is not known",
        ),
    ],
)
def test_tags_of_the_generator(tmp_path: Path, written: str, block: str, value: object) -> None:
    (tmp_path / "a.md").write_text(written, encoding="utf-8")

    (story,) = markdown_folder.read(tmp_path, HOME).stories

    assert [(found.type, found.value) for found in story.blocks] == [(block, value)]
    assert list(story.losses.shortcodes) == (["include"] if block == "paragraph" else [])


def test_a_figure_of_hugo_is_a_photo(tmp_path: Path) -> None:
    text = '{{< figure src="/img/pier.jpg" alt="A pier" caption="At \'dawn\'" >}}'
    (tmp_path / "a.md").write_text(text, encoding="utf-8")

    (story,) = markdown_folder.read(tmp_path, HOME).stories

    (block,) = story.blocks
    assert (block.value["photo"].url, block.value["caption"]) == ("/img/pier.jpg", "At 'dawn'")


WITHOUT_BRACES = st.text(st.characters(exclude_characters="{}%"))


@given(WITHOUT_BRACES, WITHOUT_BRACES, WITHOUT_BRACES)
def test_what_stands_around_a_tag_stays(before: str, within: str, after: str) -> None:
    rendered = template_tags.render(f"{before}{{% x {within}%}}{after}")

    assert rendered.text == before + after
    assert list(rendered.unknown) == ["x"]


@given(st.text(alphabet=st.sampled_from("-+:#[]'\"ab,= \n\r\t\\")) | st.text())
def test_any_text_has_front_matter_or_none(text: str) -> None:
    try:
        front_matter.split(text)
        front_matter.split(f"---\n{text}\n---\n")
        front_matter.split(f"+++\n{text}\n+++\n")
    except UnreadableFront:
        return


@pytest.mark.parametrize("text", [pytest.param(RSS, id="RSS"), pytest.param(ATOM, id="Atom")])
def test_a_feed_brings_what_it_still_holds(tmp_path: Path, text: str) -> None:
    (tmp_path / "feed.xml").write_text(text, encoding="utf-8")

    (story,) = feed.read(tmp_path / "feed.xml", HOME).stories

    assert (story.id, story.headline, story.slug, story.published_at) == (
        "g1",
        "Ferry",
        "ferry",
        AT,
    )
    assert (story.section, story.contributors, story.addresses) == (
        "Harbour",
        ("Mara",),
        ("/2021/ferry/",),
    )
    assert story.blocks[0].value == "<p>Late.</p>"
