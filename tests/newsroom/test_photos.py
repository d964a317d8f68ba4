"""Photos: what their files say, what may be said of them in public, and what is refused."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import ExifTags, Image
from wagtail.images.forms import get_image_form
from wagtail.images.models import Filter

from broadsheet.newsroom.licences import address_of
from broadsheet.newsroom.models import ArticlePage, Newspaper, Photo
from broadsheet.newsroom.models.photos import PhotoRendition
from broadsheet.newsroom.pictures import metadata
from tests import builders
from tests.newsroom.builders import a_bomb, a_picture, exif, with_iptc

pytestmark = pytest.mark.filterwarnings(  # of the form field that Django makes for a URLField
    "ignore::django.utils.deprecation.RemovedInDjango60Warning"
)


PLAIN = {"title": "Quay", "collection": "1"}


@pytest.fixture(autouse=True)
def _no_size_is_remembered() -> None:
    cache.clear()  # Wagtail's own, by the numbers of photos


def served(photo: Photo, kind: str) -> bytes:
    """The bytes of one of its sizes."""
    with photo.get_rendition(f"width-320|format-{kind}").file.open() as file:
        return file.read()


def uploaded(body: bytes, name: str = "quay.jpg", **fields: str):
    file = SimpleUploadedFile(name, body, "image/jpeg")
    return get_image_form(Photo)(PLAIN | fields, {"file": file})


def test_what_the_file_says_fills_what_the_editor_left_empty(db: None) -> None:
    body = with_iptc(a_picture(exif=exif()), {(2, 120): b"The Alba.", (2, 116): b"Harbour"})

    form = uploaded(body, caption="The ferry.")
    assert form.is_valid(), form.errors
    photo = form.save()

    assert (photo.caption, photo.credit, photo.copyright) == ("The ferry.", "Jo Lind", "Harbour")
    shown = get_image_form(Photo)(instance=photo)
    assert "In the file: “The Alba.”" in shown.fields["caption"].help_text


def test_a_new_credit_makes_the_sizes_anew(db: None) -> None:
    photo = builders.a_photo(credit="Jo Lind")
    photo.get_rendition("width-320|format-webp")

    form = get_image_form(Photo)(PLAIN | {"credit": "Ines Okafor"}, {}, instance=photo)
    assert form.is_valid(), form.errors
    form.save()

    assert b"Ines Okafor" in served(Photo.objects.get(pk=photo.pk), "webp")


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        pytest.param("x.jpg", a_picture()[:2000], "damaged", id="a truncated file"),
        pytest.param("x.png", a_bomb(), "too many pixels", id="an image bomb"),
        pytest.param(
            "x.svg",
            b"<svg><script>alert(1)</script></svg>",
            "Not a supported image format",
            id="an SVG",
        ),
        pytest.param(
            "x.png",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "Not a valid",
            id="an SVG in disguise",
        ),
        pytest.param("x.jpg", b"MZ\x90\x00 no picture", "valid image", id="a program"),
        pytest.param("x.jpg", b"", "empty", id="nothing"),
    ],
)
def test_what_is_no_sound_picture_is_refused_beside_the_field(
    db: None, name: str, body: bytes, message: str
) -> None:
    form = uploaded(body, name=name)

    assert not form.is_valid()
    assert list(form.errors) == ["file"]
    assert message in " ".join(form.errors["file"])


@pytest.mark.parametrize("spec", ["jpeg", "webp", "avif", "png"])
def test_what_is_served_tells_the_credit_and_no_place(db: None, spec: str) -> None:
    photo = Photo.objects.create(
        title="Quay",
        file=ContentFile(a_picture(exif=exif(), comment=b"home address"), "quay.jpg"),
        credit="Zoë Ünal",
        copyright="© The Tide",
        licence="https://tide.example/rights",
    )

    body = served(photo, spec)

    assert b"Secret Camera" not in body
    assert b"home address" not in body
    image = Image.open(io.BytesIO(body))
    tags = image.getexif()
    assert not tags.get_ifd(ExifTags.IFD.GPSInfo)
    found = metadata.read(io.BytesIO(body))
    assert (found.credit, found.copyright) == ("Zoë Ünal", "© The Tide")
    assert spec == "png" or found.licence == "https://tide.example/rights"


def test_a_photo_that_lies_on_its_side_is_set_upright(db: None) -> None:
    photo = Photo.objects.create(
        title="Quay", file=ContentFile(a_picture(exif=exif(orientation=6)), "quay.jpg")
    )

    rendition = photo.get_rendition("width-320|format-avif")

    assert rendition.height > rendition.width


def test_a_picture_with_holes_becomes_an_opaque_jpeg(db: None) -> None:
    body = io.BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(body, "PNG")
    photo = Photo.objects.create(title="Hole", file=ContentFile(body.getvalue(), "hole.png"))

    with Image.open(io.BytesIO(served(photo, "jpeg"))) as image:
        assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("https://tide.example/x", "https://tide.example/x"),
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc by-nc-sa 2.0", "https://creativecommons.org/licenses/by-nc-sa/2.0/"),
        ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("All rights reserved", ""),
        ("javascript://x", ""),
    ],
)
def test_machines_get_a_licences_address(licence: str, address: str) -> None:
    assert address_of(licence) == address


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        pytest.param(("CC BY-SA 4.0", ""), "CC BY-SA 4.0", id="a common one"),
        pytest.param(("OWN", "Ask us first"), "Ask us first", id="one's own words"),
        pytest.param(("", "Ask us first"), "Ask us first", id="words without a choice"),
        pytest.param(("", ""), "", id="none"),
    ],
)
def test_a_licence_is_chosen_or_written(db: None, typed: tuple[str, str], stored: str) -> None:
    fields = {"licence_0": typed[0], "licence_1": typed[1]}

    form = uploaded(a_picture(), **fields)

    assert form.is_valid(), form.errors
    assert form.save().licence == stored


def test_what_was_written_as_a_licence_before_stays(db: None) -> None:
    photo = builders.a_photo(licence="Ask us first")
    shown = str(get_image_form(Photo)(instance=photo)["licence"])
    assert '<option value="OWN" selected>' in shown
    assert 'value="Ask us first"' in shown

    same = {"licence_0": "OWN", "licence_1": "Ask us first"}
    assert "licence" not in get_image_form(Photo)(PLAIN | same, {}, instance=photo).changed_data


def test_a_licence_of_ones_own_may_have_an_address_that_every_size_carries(db: None) -> None:
    own = builders.a_photo(licence="Tide licence", licence_url="https://tide.example/licence")

    packet = served(own, "webp")

    assert own.licence_address == "https://tide.example/licence"
    assert b"Tide licence" in packet
    assert b"<xmpRights:WebStatement>https://tide.example/licence" in packet


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    builders.a_paper()
    client.force_login(User.objects.create_superuser("ed"))
    return client


def posted(article: ArticlePage, photo: Photo, **extra: str) -> dict[str, str]:
    """What the editor's form sends for an article with a hero and a photo in its body."""
    empty = {
        f"{name}-{count}": "0"
        for name in ("bylines", "corrections")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    return empty | {
        "title": article.title,
        "slug": article.slug,
        "hero": str(photo.pk),
        "comment_policy": "OPEN",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "photo",
        "body-0-id": "",
        "body-0-value-photo": str(photo.pk),
        "body-0-value-width": "column",
    } | extra  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        pytest.param({"credit": "Jo"}, "alternative text", id="no alternative text"),
        pytest.param({"description": "A ferry"}, "a credit", id="no credit"),
        pytest.param({}, "alternative text and a credit", id="neither"),
    ],
)
def test_an_article_is_not_published_with_a_photo_that_lacks_something(
    editor: Client, fields: dict[str, str], lacks: str
) -> None:
    article = builders.an_article(live=False)
    data = posted(article, builders.a_photo(**fields))

    response = editor.post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]), data | {"action-publish": "1"}
    )

    form = response.context["form"]
    assert lacks in form.errors["hero"][0]
    assert lacks in response.text.partition('data-contentpath="body"')[2] or form.errors["body"]
    assert not ArticlePage.objects.get().live


@pytest.mark.parametrize(
    ("action", "relaxed"),
    [
        pytest.param({}, False, id="a draft may lack what it likes"),
        pytest.param({"action-publish": "1"}, True, id="a setting relaxes it"),
    ],
)
def test_photos_may_lack_a_credit_where_nobody_minds(
    editor: Client, action: dict[str, str], relaxed: bool
) -> None:
    if relaxed:
        newspaper = Newspaper.for_site(builders.the_site())
        newspaper.photos_need_credit = newspaper.photos_need_text = False
        newspaper.save()
    article = builders.an_article(live=False)

    response = editor.post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        posted(article, builders.a_photo(), **action),
    )

    assert response.status_code == 302
    assert ArticlePage.objects.get().live is relaxed


@pytest.mark.django_db
def test_two_nodes_that_make_the_same_sizes_at_once_show_the_same_files() -> None:
    photo = builders.a_photo("Weir")
    sizes = [Filter(spec) for spec in ("width-40", "width-30")]
    with photo.open_file() as file:
        body = file.read()
    mine = [photo.generate_rendition_instance(size, io.BytesIO(body)) for size in sizes]
    theirs = Photo.objects.get().get_renditions(*sizes)  # in the moment before my rows are inserted

    shown = PhotoRendition.objects.bulk_create(mine, ignore_conflicts=True)

    assert {one.filter_spec: one.url for one in shown} == {
        spec: one.url for spec, one in theirs.items()
    }
    _, there = photo.file.storage.listdir("images")
    files = {f"images/{name}" for name in there if name.startswith("weir")}
    assert {one.file.name for one in shown} == files
