"""Which file a URL path is printed to; and that none leads out of the folder."""

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.press.encodings import Encoding
from broadsheet.press.names import UnprintablePath, file_name, url_path

ROOT = Path("/srv/paper/pages")
STEPS = [
    "..",
    ".",
    "%2e%2e",
    "..%2f",
    "\x00",
    "\\",
    "..\\",
    "a",
    "مقال",
    ".git",
    "~",
    "c:",
    "index.html",
    "feed.xml",
    "feed.xml.gz",
    ".press",
    "\r",
    "é",
]
NASTY = st.sampled_from([*STEPS, "", "\ud800", "x" * 300, "é" * 120])
paths = st.one_of(
    st.text().map(lambda text: "/" + text),
    st.lists(st.one_of(NASTY, st.text(max_size=5)), max_size=8).map(
        lambda steps: "/" + "/".join(steps)
    ),
    st.text(),
)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/a/b/", "a/b/index.html"),
        ("/feed.xml", "feed.xml"),
        ("/news/feed.json", "news/feed.json"),
        ("/أخبار/", "أخبار/index.html"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
        ("/404.html", "404.html"),
        ("/a.b/", "a.b/index.html"),
    ],
)
def test_a_path_is_a_file_that_any_web_server_finds(path: str, name: str) -> None:
    assert file_name(path) == name
    assert url_path(name) == path


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("", id="nothing"),
        pytest.param("news/", id="no slash at the start"),
        pytest.param("/../etc/", id="a step up"),
        pytest.param("/a/../../etc/passwd.txt", id="steps up from below"),
        pytest.param("/./", id="a step nowhere"),
        pytest.param("//", id="an empty step"),
        pytest.param("/a//b/", id="an empty step between"),
        pytest.param("/.press/", id="the hidden folder"),
        pytest.param("/.git/config.txt", id="any hidden folder"),
        pytest.param("/.htaccess.html", id="a hidden file"),
        pytest.param("/a\\..\\b/", id="backslashes"),
        pytest.param("/a\0b/", id="NUL"),
        pytest.param("/a\nb/", id="a line break"),
        pytest.param("/\ud800/", id="half a character"),
        pytest.param("/" + "x" * 201 + "/", id="a name too long for the file system"),
        pytest.param("/" + "é" * 101 + "/", id="a name too long in bytes"),
        pytest.param("/a" * 1001 + "/", id="a path too long"),
        pytest.param("/a", id="a page without its slash"),
        pytest.param("/a/index.html", id="another name of /a/"),
        pytest.param("/feed.xml/", id="a folder where a feed is"),
        pytest.param("/feed.xml.gz/", id="a folder where a feed's compressed form is"),
        pytest.param("/feed.xml.br", id="a compressed form"),
        pytest.param("/script.php", id="a type that is never printed"),
    ],
)
def test_nothing_is_printed_there(path: str) -> None:
    with pytest.raises(UnprintablePath):
        file_name(path)


@given(paths)
@example("/a/../../../etc/passwd")
def test_no_path_leaves_the_folder_or_hides_in_it(path: str) -> None:
    try:
        name = file_name(path)
    except UnprintablePath:
        return
    for encoding in Encoding:
        file = os.path.normpath(ROOT / (name + encoding.suffix))
        assert file == str(ROOT / (name + encoding.suffix))
        assert file.startswith(f"{ROOT}/")
        assert not Path(file).is_relative_to(ROOT / ".press")
        assert all(len(step.encode()) < 240 for step in file.split("/"))


@given(paths)
def test_two_paths_never_share_a_file(path: str) -> None:
    try:
        name = file_name(path)
    except UnprintablePath:
        return
    assert url_path(name) == path
