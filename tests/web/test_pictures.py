"""The drawing program: the same picture each time, at its size, with its artist."""

import io
import random

import pytest
from PIL import Image

from broadsheet.web.demonstration.pictures import catalogue, shapes
from broadsheet.web.demonstration.pictures.canvas import Sheet
from broadsheet.web.demonstration.pictures.ramps import down

INK = (200, 40, 40)


def a_sheet() -> Sheet:
    return Sheet((120, 80), random.Random(7), (255, 255, 255))  # noqa: S311, nothing secret is drawn


@pytest.mark.parametrize("name", ["observatory", "ruth-calloway"])
def test_the_same_name_and_seed_draw_the_same_picture(name: str) -> None:
    assert catalogue.jpeg(name) == catalogue.jpeg(name)


def test_another_seed_draws_another_one() -> None:
    assert catalogue.jpeg("seagrass") != catalogue.jpeg("seagrass", seed=1)


@pytest.mark.parametrize("name", sorted(catalogue.SCENES))
def test_a_scene_is_a_landscape_that_names_its_artist(name: str) -> None:
    with Image.open(io.BytesIO(catalogue.jpeg(name))) as picture:
        assert picture.size == catalogue.SCENE_SIZE
        assert picture.getexif()[0x013B] == catalogue.ARTIST
        darkest, brightest = picture.convert("L").getextrema()
        assert brightest - darkest > 150  # neither blank nor flat


@pytest.mark.parametrize("name", sorted(catalogue.SITTERS))
def test_a_portrait_is_square(name: str) -> None:
    with Image.open(io.BytesIO(catalogue.jpeg(name))) as picture:
        assert picture.size == catalogue.PORTRAIT_SIZE


def test_ink_goes_where_the_stencil_is_cut_and_nowhere_else() -> None:
    sheet, card = a_sheet(), a_sheet().stencil()
    card.box((40, 20), (80, 60))
    sheet.ink(card, INK)

    assert sheet.image.getpixel((60, 40)) == INK
    assert sheet.image.getpixel((20, 40)) == (255, 255, 255)


def test_a_stencil_off_the_sheet_prints_nothing() -> None:
    sheet, card = a_sheet(), a_sheet().stencil()
    card.ellipse((-500, -500), 30)
    sheet.ink(card, INK)
    sheet.blend(card, [INK, INK], down())
    sheet.soften(card, INK, 4)

    assert sheet.image.getcolors() == [(120 * 80, (255, 255, 255))]


def test_edges_are_smooth() -> None:
    sheet, card = a_sheet(), a_sheet().stencil()
    card.polygon([(10, 10), (110, 40), (10, 70)])
    sheet.ink(card, INK)
    colours = sheet.image.getcolors()

    assert colours is not None
    assert len(colours) > 2


def test_a_ridge_spans_what_it_is_asked_to() -> None:
    points = shapes.ridge(random.Random(1), (0, 100), 50, 10)  # noqa: S311, nor here

    assert points[0] == (0, 50)
    assert points[-1] == (100, 50)
    assert [x for x, _ in points] == sorted(x for x, _ in points)
