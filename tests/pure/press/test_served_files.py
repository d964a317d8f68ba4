"""Static files and what was uploaded: their forms, their parts, and nothing else."""

import brotli
import pytest

from broadsheet.press import documents

from .sites import Site


def test_static_files_are_compressed_and_hashed_ones_kept_for_good(site: Site) -> None:
    css = b".teaser { padding: 0 }\n" * 50
    for name in ("paper.css", "paper.0123456789ab.css"):
        (site.static / name).write_bytes(css)

    plain = site.ask("/static/paper.css", accept_encoding="br")
    hashed = site.ask("/static/paper.0123456789ab.css", accept_encoding="br")

    assert brotli.decompress(hashed.body) == css
    assert "immutable" in hashed.headers["cache-control"]
    assert "immutable" not in plain.headers["cache-control"]
    assert plain.headers["content-type"] == "text/css; charset=utf-8"
    assert site.from_memory("/static/paper.css", accept_encoding="br") == plain


def test_a_static_file_is_sent_in_parts_of_the_form_that_suits(site: Site) -> None:
    (site.static / "type.woff2").write_bytes(bytes(range(100)))

    whole = site.ask("/static/type.woff2")
    part = site.ask("/static/type.woff2", range="bytes=10-19", if_range=whole.headers["etag"])
    beyond = site.ask("/static/type.woff2", range="bytes=100-")
    changed = site.ask("/static/type.woff2", range="bytes=10-19", if_range='"other"')

    assert (part.status, part.body) == (206, bytes(range(10, 20)))
    assert part.headers["content-range"] == "bytes 10-19/100"
    assert (beyond.status, beyond.headers["content-range"]) == (416, "bytes */100")
    assert (changed.status, changed.body) == (200, bytes(range(100)))
    assert site.from_memory("/static/type.woff2", range="bytes=0-1") is None


def test_a_static_file_that_goes_while_it_is_asked_for_is_djangos(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "file_below", lambda root, relative: root / relative)

    assert site.ask("/static/gone.css").body == b"from Django"


def test_a_photo_is_sent_in_parts(site: Site) -> None:
    (site.media / "quay.webp").write_bytes(bytes(range(100)))

    whole = site.ask("/media/quay.webp")
    part = site.ask("/media/quay.webp", range="bytes=10-19", if_range=whole.headers["etag"])
    changed = site.ask("/media/quay.webp", range="bytes=10-19", if_range='"other"')
    beyond = site.ask("/media/quay.webp", range="bytes=100-")

    assert (whole.status, whole.body) == (200, bytes(range(100)))
    assert whole.headers["content-type"] == "image/webp"
    assert (part.status, part.body) == (206, bytes(range(10, 20)))
    assert part.headers["content-range"] == "bytes 10-19/100"
    assert changed.status == 200
    assert (beyond.status, beyond.headers["content-range"]) == (416, "bytes */100")


@pytest.mark.parametrize(
    ("name", "media_type", "is_shown"),
    [
        ("quay.jpg", "image/jpeg", True),
        ("map.svg", "image/svg+xml", True),
        ("page.html", "application/octet-stream", False),
        ("page.HTM", "application/octet-stream", False),
        ("script.js", "application/octet-stream", False),
        ("feed.xml", "application/octet-stream", False),
        ("noname", "application/octet-stream", False),
    ],
)
def test_nothing_uploaded_can_run(
    site: Site, name: str, media_type: str, *, is_shown: bool
) -> None:
    (site.media / name).write_text("<script>alert(1)</script>", encoding="utf-8")

    headers = site.ask(f"/media/{name}").headers

    assert headers["content-type"] == media_type
    assert "sandbox" in headers["content-security-policy"]
    assert ("content-disposition" not in headers) is is_shown


@pytest.mark.parametrize(
    "path",
    [
        "/media/../secret-key",
        "/media/./quay.webp",
        "/media//quay.webp",
        "/media/documents/draft.pdf",
        "/media/original_images/quay.jpg",
        "/media/.hidden",
        "/media/out/secret-key",
        "/media/a\0b",
        "/media/",
        "/static/../secret-key",
        "/static/a\\b",
    ],
)
def test_no_address_leads_to_other_files(site: Site, path: str) -> None:
    (site.media.parent / "secret-key").write_text("secret", encoding="utf-8")
    (site.media / "quay.webp").write_bytes(b"photo")
    (site.media / ".hidden").write_bytes(b"hidden")
    for private in ("documents", "original_images"):
        (site.media / private).mkdir()
    (site.media / "documents/draft.pdf").write_bytes(b"draft")
    (site.media / "original_images/quay.jpg").write_bytes(b"with GPS")
    (site.media / "out").symlink_to(site.media.parent)

    assert site.ask(path).body == b"from Django"
