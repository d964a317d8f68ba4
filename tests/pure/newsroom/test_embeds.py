"""Which links can play in the page, and where their frames come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.embeds import FRAME_SOURCES, frame_of
from broadsheet.press.policy import READERS_POLICY

YOUTUBE = "https://www.youtube-nocookie.com/embed/aB3-_5678xy"


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        ("https://www.youtube.com/watch?v=aB3-_5678xy", YOUTUBE),
        ("https://www.youtube.com/watch?list=x&v=aB3-_5678xy&t=9", YOUTUBE),
        ("https://youtu.be/aB3-_5678xy?t=9", YOUTUBE),
        ("https://vimeo.com/12345", "https://player.vimeo.com/video/12345?dnt=1"),
        ("https://archive.org/details/tide_1931", "https://archive.org/embed/tide_1931"),
        (
            "https://soundcloud.com/harbour/tide",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fharbour%2Ftide",
        ),
    ],
)
def test_a_known_service_plays_in_its_own_frame(url: str, frame: str) -> None:
    assert frame_of(url) == frame


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://example.org/watch?v=aB3-_5678xy", id="another host"),
        pytest.param("https://youtube.com.evil.example/watch?v=aB3-_5678xy", id="a host that pretends"),
        pytest.param("javascript:alert(1)//youtu.be/aB3-_5678xy", id="a script"),
        pytest.param("https://www.youtube.com/@channel", id="a page that plays nothing"),
    ],
)  # fmt: skip
def test_everything_else_stays_a_link(url: str) -> None:
    assert frame_of(url) == ""


@given(
    st.text() | st.from_regex(r"https://(youtu\.be|vimeo\.com|archive\.org)/\S*", fullmatch=True)
)
def test_a_frame_never_comes_from_a_host_that_the_policy_does_not_name(url: str) -> None:
    frame = frame_of(url)

    assert not frame or frame.startswith(tuple(f"{source}/" for source in FRAME_SOURCES))
    assert all(source in READERS_POLICY for source in FRAME_SOURCES)
