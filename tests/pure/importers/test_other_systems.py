"""Files of other systems, each read to the same records."""

import gzip
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.others import (
    commento,
    disqus,
    feed,
    front_matter,
    ghost,
    isso,
    markdown_folder,
    remark42,
    template_tags,
)
from broadsheet.importers.others.front_matter import UnreadableFront
from broadsheet.importers.others.holdings import Threads, UnreadableSource
from broadsheet.importers.records import CommentState, Kind, State, Tag

AT = datetime(2021, 3, 4, 9, tzinfo=UTC)
HOME = "https://old.example"

DISQUS = """<?xml version="1.0"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="7"><link>https://old.example/ferry/</link></thread>
<post dsq:id="1"><message><![CDATA[<p>Late <b>again</b>.</p>]]></message><createdAt>2021-03-04T09:00:00Z</createdAt>
 <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Ines</name></author><thread dsq:id="7"/></post>
<post dsq:id="2"><message>Quite.</message><createdAt>2021-03-04T09:00:00Z</createdAt><isDeleted>false</isDeleted>
 <isSpam>true</isSpam><author><name>Ole</name></author><thread dsq:id="7"/><parent dsq:id="1"/></post>
</disqus>"""
REMARK42 = "\n".join(
    json.dumps(line)
    for line in (
        {"version": 1, "users": [], "posts": []},
        {
            "id": "1",
            "pid": "",
            "text": "<p>Late <b>again</b>.</p>",
            "orig": "Late **again**.",
            "user": {"name": "Ines"},
            "locator": {"site": "x", "url": "https://old.example/ferry/"},
            "time": "2021-03-04T09:00:00Z",
        },
        {
            "id": "2",
            "pid": "1",
            "text": "",
            "user": {"name": "Ole"},
            "locator": {"site": "x", "url": "https://old.example/ferry/"},
            "time": "2021-03-04T09:00:00Z",
            "delete": True,
        },
    )
)
COMMENTO = json.dumps(
    {
        "version": 1,
        "commenters": [{"commenterHex": "a", "name": "Ines", "email": "ines@mail.example"}],
        "comments": [
            {
                "commentHex": "1",
                "domain": "old.example",
                "url": "/ferry/",
                "commenterHex": "a",
                "markdown": "Late **again**.",
                "parentHex": "root",
                "state": "approved",
                "creationDate": "2021-03-04T09:00:00Z",
            },
            {
                "commentHex": "2",
                "domain": "old.example",
                "url": "/ferry/",
                "commenterHex": "anonymous",
                "markdown": "?",
                "parentHex": "1",
                "state": "unapproved",
                "creationDate": "2021-03-04T09:00:00Z",
            },
        ],
    }
)


def a_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(
            "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri TEXT, title TEXT);"
            "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created FLOAT, modified, mode, remote_addr,"
            " text, author, email, website);"
            "INSERT INTO threads VALUES (7, '/ferry/', 'Ferry');"
        )
        database.executemany(
            "INSERT INTO comments VALUES (7, ?, ?, ?, NULL, ?, '203.0.113.0', ?, ?, '', '')",
            [
                (1, None, AT.timestamp(), 1, "Late **again**.", "Ines"),
                (2, 1, AT.timestamp(), 2, "Quite.", "Ole"),
            ],
        )


def written(text: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(text, encoding="utf-8") and None


def packed(text: str) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(gzip.compress(text.encode())) and None


@pytest.mark.parametrize(
    ("read", "write", "second"),
    [
        pytest.param(disqus.read, written(DISQUS), CommentState.SPAM, id="Disqus"),
        pytest.param(isso.read, a_database, CommentState.HELD, id="Isso"),
        pytest.param(remark42.read, packed(REMARK42), CommentState.TRASHED, id="Remark42, packed"),
        pytest.param(remark42.read, written(REMARK42), CommentState.TRASHED, id="Remark42"),
        pytest.param(commento.read, packed(COMMENTO), CommentState.HELD, id="Commento, packed"),
        pytest.param(commento.read, written(COMMENTO), CommentState.HELD, id="Commento"),
    ],
)
def test_comments_come_with_their_words_threads_and_states(
    tmp_path: Path,
    read: Callable[[Path], Threads],
    write: Callable[[Path], None],
    second: CommentState,
) -> None:
    write(tmp_path / "file")

    (thread,) = read(tmp_path / "file")

    assert thread.address.removeprefix(HOME) == "/ferry/"
    assert [(one.id, one.parent, one.state) for one in thread.comments] == [
        ("1", "", CommentState.PUBLISHED),
        ("2", "1", second),
    ]
    first = thread.comments[0]
    assert (first.author, first.text, first.written_at) == ("Ines", "Late **again**.", AT)


@pytest.mark.parametrize(
    "read",
    [disqus.read, isso.read, remark42.read, commento.read],
    ids=["Disqus", "Isso", "Remark42", "Commento"],
)
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\x1f\x8b broken", id="a broken pack"),
        pytest.param(b"<a>", id="half an element"),
        pytest.param(b"<rss></rss>", id="something else"),
        pytest.param(b"{", id="half an object"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>x', id="entities"),
        pytest.param(b"[" * 100_000, id="brackets without end"),
    ],
)
def test_what_is_no_export_is_refused(
    tmp_path: Path, read: Callable[[Path], Threads], body: bytes
) -> None:
    (tmp_path / "file").write_bytes(body)

    with pytest.raises(UnreadableSource):
        list(read(tmp_path / "file"))


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


HUGO = '+++\ntitle = "Ferry"\ndate = 2021-03-04T09:00:00Z\ncategories = ["harbour"]\naliases = ["/old/ferry/"]\n+++\nLate **again**.\n'
JEKYLL = "---\ntitle: 'Ferry: late'\ndate: 2021-03-04 10:00:00 +0100\ncategories: [harbour, tides]\nauthor: Mara\n---\nLate.\n"
PELICAN = "Title: Ferry\nDate: 2021-03-04 09:00\nCategory: harbour\nTags: tides, wind\nStatus: draft\n\nLate.\n"


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


RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<channel><item><title>Ferry</title><link>https://old.example/2021/ferry/</link><guid>g1</guid><dc:creator>Mara</dc:creator>"
    "<pubDate>Thu, 04 Mar 2021 10:00:00 +0100</pubDate><category>Harbour</category>"
    "<description>Short.</description><content:encoded><![CDATA[<p>Late.</p>]]></content:encoded></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Ferry</title><id>g1</id><link href="https://old.example/2021/ferry/"/>'
    '<author><name>Mara</name></author><published>2021-03-04T09:00:00Z</published><category term="Harbour"/>'
    '<content type="html">&lt;p&gt;Late.&lt;/p&gt;</content></entry></feed>'
)


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
