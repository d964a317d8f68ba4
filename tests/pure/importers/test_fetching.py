"""Photos are fetched from the old site politely, from nowhere else, and each whole or not at all."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from broadsheet.importers.old_host.asking import OldHost, Unanswered
from broadsheet.importers.old_host.fetching import AT_ONCE, GIVE_UP_AFTER, Fetched, Wanted, fetch
from tests.pure.importers.old_host import OldSite, Reply, an_old_site, ok

MB = 1024**2


def answer(path: str, _headers: Mapping[str, str]) -> Reply:
    if path.startswith("/uploads/"):
        return ok(path.encode())
    return {
        "/moved": (301, {"Location": "/uploads/pier.jpg"}, b""),
        "/away": (302, {"Location": "http://elsewhere.example/x"}, b""),
        "/round": (302, {"Location": "/round"}, b""),
        "/large": ok(b"x" * 2 * MB),
        "/larger-than-it-says": ok(b"x", **{"Content-Length": str(50 * MB)}),
        "/busy": (503, {"Retry-After": "7"}, b""),
    }.get(path, (404, {}, b""))


@pytest.fixture
def old_site() -> Iterator[OldSite]:
    with an_old_site(answer) as site:
        yield site


def host(site: OldSite) -> OldHost:
    return OldHost(site.address, allow_private=True, pause=lambda _seconds: None)


def bring(site: OldSite, folder: Path, *names: str) -> Fetched:
    return fetch(
        (Wanted(name, f"{site.address}/uploads/{name}") for name in names),
        folder,
        host=host(site),
        max_bytes=MB,
        progress=lambda _files: None,
    )


def test_files_lie_where_they_lay(old_site: OldSite, tmp_path: Path) -> None:
    names = [f"2021/0{n}/pier-{n}.jpg" for n in range(1, 8)]

    found = bring(old_site, tmp_path, *names)

    assert found == Fetched(files=7)
    assert [(tmp_path / name).read_text() for name in names] == [f"/uploads/{n}" for n in names]
    assert AT_ONCE <= 4


def test_what_is_there_is_not_asked_for_again(old_site: OldSite, tmp_path: Path) -> None:
    bring(old_site, tmp_path, "a.jpg", "b.jpg")

    assert bring(old_site, tmp_path, "a.jpg", "b.jpg", "c.jpg").files == 1
    assert sorted(old_site.asked) == ["/uploads/a.jpg", "/uploads/b.jpg", "/uploads/c.jpg"]


def test_no_name_leads_out_of_the_folder(old_site: OldSite, tmp_path: Path) -> None:
    assert bring(old_site, tmp_path / "in", "../out.jpg", "/out.jpg", "a/../../out.jpg").files == 0
    assert not list(tmp_path.rglob("out.jpg"))


def test_it_gives_up_on_a_host_that_is_gone(old_site: OldSite, tmp_path: Path) -> None:
    gone = OldHost("http://127.0.0.1:1", allow_private=True, pause=lambda _seconds: None)
    wanted = (Wanted(f"{n}.jpg", f"http://127.0.0.1:1/{n}.jpg") for n in range(1000))

    found = fetch(wanted, tmp_path, host=gone, max_bytes=MB, progress=lambda _files: None)

    assert len(found.reasons) == GIVE_UP_AFTER


def test_redirects_are_followed_on_the_same_host(old_site: OldSite) -> None:
    assert (
        host(old_site).get(f"{old_site.address}/moved", max_bytes=MB).body == b"/uploads/pier.jpg"
    )


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        pytest.param("/away", "another host", id="a redirect to another host"),
        pytest.param("/round", "too often", id="a circle of redirects"),
        pytest.param("/large", "larger than 1 MB", id="more than is wanted"),
        pytest.param("/larger-than-it-says", "larger than 1 MB", id="an announced size"),
        pytest.param("/missing", "404", id="nothing there"),
    ],
)
def test_what_does_not_come_has_a_reason(old_site: OldSite, path: str, reason: str) -> None:
    with pytest.raises(Unanswered, match=reason):
        host(old_site).get(f"{old_site.address}{path}", max_bytes=MB)

    assert len(old_site.asked) < 6


def test_a_busy_host_is_asked_again_when_it_says(old_site: OldSite) -> None:
    pauses: list[float] = []
    busy = OldHost(old_site.address, allow_private=True, pause=pauses.append)

    with pytest.raises(Unanswered, match="503"):
        busy.get(f"{old_site.address}/busy", max_bytes=MB)

    assert pauses == [7, 7, 7]


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://other.example/x.jpg", id="another host"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("http://user:word@127.0.0.1/x", id="a name and a password"),
        pytest.param("http://127.0.0.1:22/x", id="another port"),
        pytest.param("http://[", id="no address"),
    ],
)
def test_nothing_else_is_asked(url: str) -> None:
    with pytest.raises(Unanswered):
        OldHost("http://127.0.0.1:8000", allow_private=True).get(url, max_bytes=MB)


def test_private_networks_are_refused_unless_allowed(old_site: OldSite) -> None:
    with pytest.raises(Unanswered, match="private network"):
        OldHost(old_site.address).get(f"{old_site.address}/uploads/x", max_bytes=MB)

    assert old_site.asked == []
