"""Every picture of the demonstration by its name, and how one becomes a JPEG file."""

import io
import random
from collections.abc import Callable

from PIL import Image

from broadsheet.web.demonstration.pictures.canvas import Sheet
from broadsheet.web.demonstration.pictures.hair import Hair
from broadsheet.web.demonstration.pictures.palette import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    FOAM,
    ICE,
    MOSS,
    NAVY,
    OAK,
    PINE,
    PLUM,
    ROSE,
    SAND,
    SKY,
    SLATE,
    SOOT,
    TEAL,
    mix,
)
from broadsheet.web.demonstration.pictures.portraits import Sitter, portrait
from broadsheet.web.demonstration.pictures.scenes import (
    bay,
    gardens,
    halls,
    harbour,
    hills,
    luthier,
    oven,
    river,
    seabed,
    sport,
    streets,
    yard,
)

ARTIST = "Odile Karr / The Marlhaven Tide"
SCENE_SIZE = (1800, 1200)
PORTRAIT_SIZE = (800, 800)
_ARTIST_TAG, _COPYRIGHT_TAG = 0x013B, 0x8298  # of EXIF 2.32

SCENES: dict[str, Callable[[Sheet], None]] = {
    "harbour-at-dawn": harbour.harbour_at_dawn,
    "ferry": bay.ferry,
    "lighthouse": harbour.lighthouse,
    "rowing": bay.rowing,
    "night-tram": streets.night_tram,
    "market-hall": streets.market_hall,
    "flood-gauge": river.flood_gauge,
    "council-chamber": halls.council_chamber,
    "reading-room": halls.reading_room,
    "bakery": oven.bakery,
    "violin-workshop": luthier.violin_workshop,
    "orchard-frost": gardens.orchard_frost,
    "wind-turbines": hills.wind_turbines,
    "allotments": gardens.allotments,
    "observatory": hills.observatory,
    "seagrass": seabed.seagrass,
    "football-rain": sport.football_rain,
    "swimming-pool": sport.swimming_pool,
    "school-yard": yard.school_yard,
}

SITTERS: dict[str, Sitter] = {
    "ines-hallworth": Sitter((232, 184, 150), Hair.BOB, mix(SLATE, ICE, 0.5), NAVY, (AMBER, CORAL), glasses=True),
    "tomasz-brandt": Sitter((238, 196, 166), Hair.CROPPED, OAK, PINE, (FOAM, TEAL), beard=True),
    "adaeze-ferrow": Sitter((112, 70, 50), Hair.CURLS, SOOT, AMBER, (SKY, SLATE), collar=BRICK),
    "leif-marchbanks": Sitter((236, 188, 158), Hair.BALD, mix(BRICK, OAK, 0.4), TEAL, (SAND, AMBER), beard=True),
    "priya-sandoval": Sitter((170, 114, 80), Hair.LONG, SOOT, CORAL, (ROSE, PLUM)),
    "ruth-calloway": Sitter((140, 92, 66), Hair.BUN, mix(SLATE, SOOT, 0.3), PLUM, (FOAM, PINE), glasses=True),
    "nadia-al-hakimi": Sitter((214, 164, 128), Hair.SCARF, TEAL, NAVY, (CREAM, AMBER)),
    "bea-thornquist": Sitter((224, 172, 140), Hair.CURLS, mix(BRICK, AMBER, 0.35), MOSS, (CREAM, ROSE)),
    "jonas-wetterling": Sitter((240, 200, 172), Hair.PARTED, mix(SAND, OAK, 0.3), BRICK, (SKY, TEAL), glasses=True),
}  # fmt: skip


def jpeg(name: str, *, seed: int = 0) -> bytes:
    """Draw the named scene or portrait. The same name and seed give the same picture. Raises KeyError."""
    rng = random.Random(f"{name} {seed}")  # noqa: S311, nothing secret is drawn
    if name in SITTERS:
        sheet = Sheet(PORTRAIT_SIZE, rng, CREAM)
        portrait(sheet, SITTERS[name])
    else:
        sheet = Sheet(SCENE_SIZE, rng, CREAM)
        SCENES[name](sheet)
    return _encoded(sheet.finish())


def _encoded(picture: Image.Image) -> bytes:
    details = Image.Exif()
    details[_ARTIST_TAG] = ARTIST
    details[_COPYRIGHT_TAG] = "The Marlhaven Tide"
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=85, exif=details)
    return target.getvalue()
