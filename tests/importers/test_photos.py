"""Photos come with their words and credit, from a folder on this machine, and keep their place without it."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from wagtail.documents import get_document_model

from broadsheet.importers.photos import placeholder
from broadsheet.newsroom.models import ArticlePage, Photo
from tests.pure.importers.exports import an_attachment, an_export, an_item, metadata
from tests.pure.importers.old_host import Reply, an_old_site, ok

from .builders import bring, uploads

pytestmark = pytest.mark.django_db

ADDRESS = "https://old.example/wp-content/uploads/2021/03/pier.jpg"
IPTC = (
    'a:1:{s:10:"image_meta";a:2:{s:6:"credit";s:9:"Åsa Öst";s:9:"copyright";s:11:"The Harbour";}}'
)
PIER = an_attachment(
    9,
    ADDRESS,
    post_parent=1,
    inside=metadata("_wp_attached_file", "2021/03/pier.jpg")
    + metadata("_wp_attachment_image_alt", "A wooden pier")
    + metadata("_wp_attachment_metadata", IPTC),
).replace("<excerpt:encoded>", "<excerpt:encoded>The pier at dawn")
SHOWN = f'<img class="wp-image-9" src="{ADDRESS[:-4]}-300x200.jpg" alt="The pier, small">'


def is_placeholder(photo: Photo) -> bool:
    with photo.file.open("rb") as file:
        return bool(file.read() == placeholder())


def test_a_photo_brings_its_words_and_credit(tmp_path: Path) -> None:
    media = uploads(tmp_path, "2021/03/pier.jpg")

    report = bring(tmp_path, an_export(PIER, an_item(1, content=SHOWN)), "--media", str(media))

    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (60, 40)
    assert photo.description == "A wooden pier"
    assert photo.caption == "The pier at dawn"
    assert (photo.credit, photo.copyright) == ("Åsa Öst", "The Harbour")
    assert report["credits_recovered"] == 1
    assert report["photos_missing"]["count"] == 0
    body = ArticlePage.objects.get().body
    assert [(block.block_type, block.value["photo"]) for block in body] == [("photo", photo)]


def test_noted_credits_win_over_the_files_own(tmp_path: Path) -> None:
    noted = metadata("_media_credit", "Ida Sund") + metadata(
        "_navis_media_credit_org", "Harbour Agency"
    )

    bring(
        tmp_path,
        an_export(
            an_attachment(9, ADDRESS, inside=noted + metadata("_wp_attachment_metadata", IPTC))
        ),
    )

    assert Photo.objects.get().credit == "Ida Sund / Harbour Agency"


def test_the_featured_image_is_the_hero(tmp_path: Path) -> None:
    bring(tmp_path, an_export(PIER, an_item(1, inside=metadata("_thumbnail_id", "9"))))

    assert ArticlePage.objects.get().hero == Photo.objects.get()


@pytest.mark.parametrize("option", ["--no-media", "--media"])
def test_a_photo_without_file_keeps_its_place(tmp_path: Path, option: str) -> None:
    options = [option, str(uploads(tmp_path, "other.jpg"))] if option == "--media" else [option]

    report = bring(
        tmp_path, an_export(PIER, an_item(1, content=f"Words.\n\n{SHOWN}\n\nMore.")), *options
    )

    assert [block.block_type for block in ArticlePage.objects.get().body] == [
        "paragraph",
        "photo",
        "paragraph",
    ]
    assert is_placeholder(Photo.objects.get())
    assert report["photos_missing"]["count"] == 1
    assert report["photos_missing"]["first"][0]["address"] == ADDRESS


def test_a_file_that_turns_up_later_takes_its_place(tmp_path: Path) -> None:
    export = an_export(PIER, an_item(1, content=SHOWN))
    bring(tmp_path, export)
    photo = Photo.objects.get()

    report = bring(tmp_path, export, "--media", str(uploads(tmp_path, "2021/03/pier.jpg")))

    assert Photo.objects.get() == photo
    assert not is_placeholder(Photo.objects.get())
    assert report["photos_filled"] == 1
    assert report["photos_missing"]["count"] == 0


def test_a_photo_that_is_in_no_library_is_known_by_its_address(tmp_path: Path) -> None:
    media = uploads(tmp_path, "2021/03/pier.jpg")
    content = f'<img src="/wp-content/uploads/2021/03/pier-150x150.jpg" alt="Pier"> {SHOWN}'

    bring(tmp_path, an_export(an_item(1, content=content)), "--media", str(media))

    assert not any(is_placeholder(photo) for photo in Photo.objects.all())
    assert Photo.objects.filter(description="Pier").exists()


def test_a_gallery_shows_our_photos(tmp_path: Path) -> None:
    bring(tmp_path, an_export(PIER, an_item(1, content="[gallery]")))

    gallery = ArticlePage.objects.get().body[0].value
    assert [entry["photo"] for entry in gallery["photos"]] == [Photo.objects.get()]


@pytest.mark.parametrize(
    "name", ["../secret.jpg", "/etc/secret.jpg", "a/../../secret.jpg", "link.jpg"]
)
def test_names_never_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    media = uploads(tmp_path, "other.jpg")
    secret = uploads(tmp_path / "elsewhere", "secret.jpg") / "secret.jpg"
    (tmp_path / "secret.jpg").write_bytes(secret.read_bytes())
    (media / "link.jpg").symlink_to(secret)

    bring(
        tmp_path,
        an_export(an_attachment(9, ADDRESS, inside=metadata("_wp_attached_file", name))),
        "--media",
        str(media),
    )

    assert is_placeholder(Photo.objects.get())


def test_what_is_no_picture_is_not_taken_for_one(tmp_path: Path) -> None:
    media = uploads(tmp_path, "other.jpg")
    (media / "2021/03").mkdir(parents=True)
    (media / "2021/03/pier.jpg").write_bytes(b"<svg onload='alert(1)'>")

    report = bring(tmp_path, an_export(PIER), "--media", str(media))

    assert is_placeholder(Photo.objects.get())
    assert "no picture" in report["photos_missing"]["first"][0]["reason"]


def test_a_file_for_download_becomes_a_document_where_it_is_at_hand(tmp_path: Path) -> None:
    media = uploads(tmp_path, "other.jpg")
    (media / "report.pdf").write_bytes(b"%PDF-1.4")
    link = '<div class="wp-block-file"><a href="https://old.example/wp-content/uploads/{}.pdf">The report</a></div>'

    bring(
        tmp_path,
        an_export(an_item(1, content=link.format("report") + link.format("lost"))),
        "--media",
        str(media),
    )

    here, lost = ArticlePage.objects.get().body
    assert (here.block_type, here.value["document"].filename) == ("file", "report.pdf")
    assert (lost.block_type, lost.value["url"]) == (
        "embed",
        "https://old.example/wp-content/uploads/lost.pdf",
    )


def test_a_photo_known_by_its_address_only_is_filled_when_its_file_turns_up(
    tmp_path: Path,
) -> None:
    export = an_export(
        an_item(1, content='<img src="https://old.example/wp-content/uploads/pier.jpg">')
    )
    bring(tmp_path, export, "--no-media")
    folder = uploads(tmp_path, "pier.jpg")

    told = bring(tmp_path, export, "--media", str(folder))

    assert told["photos_filled"] == 1
    assert told["photos_missing"]["count"] == 0


def a_jpeg() -> bytes:
    """A small picture whose EXIF names its author."""
    exif = Image.Exif()
    exif[0x013B] = "Ida Sund"
    body = io.BytesIO()
    Image.new("RGB", (60, 40), "#336699").save(body, "JPEG", exif=exif)
    return body.getvalue()


def test_photos_are_fetched_from_the_old_site_with_what_their_files_say(tmp_path: Path) -> None:
    there = ("/wp-content/uploads/2021/03/pier.jpg", "/wp-content/uploads/quay.jpg")

    def answer(path: str, _headers: Mapping[str, str]) -> Reply:
        return ok(a_jpeg()) if path in there else (404, {}, b"")

    export = an_export(
        an_attachment(9, ADDRESS),
        an_attachment(8, "https://old.example/wp-content/uploads/gone.jpg"),
        an_item(1, content='<img src="https://old.example/wp-content/uploads/quay-300x200.jpg">'),
    )
    with an_old_site(answer) as site:
        report = bring(tmp_path, export, "--fetch", site.address, "--allow-private")

    pier = Photo.objects.get(source=ADDRESS)
    assert (pier.width, pier.credit) == (60, "Ida Sund")
    assert report["credits_recovered"] == 2
    assert report["photos_missing"]["first"] == [{"address": "https://old.example/wp-content/uploads/gone.jpg", "reason": "Not fetched: the old site answered 404."}]  # fmt: skip
    assert not is_placeholder(ArticlePage.objects.get().body[0].value["photo"])


def test_a_file_of_the_library_stays_where_other_sites_link_to_it(tmp_path: Path) -> None:
    file = tmp_path / "uploads" / "2021" / "agenda.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"%PDF-1.4 the agenda")
    address = "https://old.example/wp-content/uploads/2021/agenda.pdf"
    text = f'<a href="{address}">The agenda</a>'

    report = bring(
        tmp_path,
        an_export(an_attachment(9, address), an_item(1, content=text)),
        "--media",
        str(tmp_path / "uploads"),
    )

    document = get_document_model().objects.get()
    assert report["site"]["files"] == {"library": 1}
    for old in ("/wp-content/uploads/2021/agenda.pdf", "/?attachment_id=9"):
        assert Client().get(old).headers["Location"] == document.url
