"""WordPress's own test files come over whole, or are refused by line."""

import os
from pathlib import Path

import pytest
from django.core.management import CommandError

from broadsheet.newsroom.models import ArticlePage

from .builders import bring

SHARED = (
    Path(os.environ.get("BROADSHEET_SHARED", Path(__file__).parents[3] / "shared")) / "data/wxr"
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not SHARED.exists() and not os.environ.get("CI"),
        reason=f"the shared data is not at {SHARED}",
    ),
]


@pytest.mark.parametrize(
    ("name", "articles", "pages", "comments"),
    [
        ("themeunittestdata.wordpress.xml", 58, 21, 29),
        ("theme-preview.xml", 7, 0, 2),
        ("small-export.xml", 6, 5, 1),
        ("valid-wxr-1.0.xml", 3, 3, 1),
        ("slashes.xml", 1, 0, 1),
        ("test-serialized-postmeta-with-cdata.xml", 1, 0, 0),
        ("wxr-flat-attachment-same-site.xml", 1, 0, 0),
        ("wxr-simple.xml", 1, 0, 0),
    ],
)
def test_everything_comes_over(
    tmp_path: Path, name: str, articles: int, pages: int, comments: int
) -> None:
    report = bring(tmp_path, (SHARED / name).read_bytes())

    assert report["unexplained"] == []
    found = [sum(report["site"][kind].values()) for kind in ("articles", "pages", "comments")]
    assert found == [articles, pages, comments]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("malformed.xml", 90),
        ("malformed-simple.xml", 14),
        ("crazy-cdata.xml", 18),
        ("missing-version-tag.xml", 35),
        ("invalid-version-tag.xml", 36),
    ],
)
def test_what_is_damaged_is_refused_by_line(tmp_path: Path, name: str, line: int) -> None:
    with pytest.raises(CommandError, match=f"line {line}: "):
        bring(tmp_path, (SHARED / name).read_bytes())

    assert not ArticlePage.objects.exists()
