"""A screen print in software: flat inks pulled through stencils, shaded with grain, on a sheet of toned paper.

Coordinates are pixels of the finished sheet, x to the right, y down; floats are welcome.
All randomness comes from the `random.Random` given to the sheet: the same seed prints the same picture.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from broadsheet.web.demonstration.pictures.palette import Colour, mix
from broadsheet.web.demonstration.pictures.ramps import Ramp

Point = tuple[float, float]
Box = tuple[int, int, int, int]

SCALE = 2  # stencils are cut at twice the size, then reduced: that smooths their edges


def _field(size: tuple[int, int], ramp: Ramp) -> Image.Image:
    """A ramp as a grey picture, worked out on a coarse grid and enlarged."""
    grid = 40
    values = bytes(
        max(0, min(255, round(255 * ramp((column + 0.5) / grid, (row + 0.5) / grid))))
        for row in range(grid)
        for column in range(grid)
    )
    return Image.frombytes("L", (grid, grid), values).resize(size, Image.Resampling.BICUBIC)


Cut = Callable[[ImageDraw.ImageDraw, Point], None]
"""Cuts one shape into a card whose upper left corner lies at the given point of the sheet."""


class Stencil:
    """Shapes to be cut out of card. Only as much card is used as the shapes need."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._cuts: list[Cut] = []
        self._corners: list[Point] = []

    def polygon(self, points: Iterable[Point], *, tone: int = 255) -> None:
        outline = list(points)
        self._corners += outline
        self._cuts.append(
            lambda knife, origin: knife.polygon(_enlarged(outline, origin), fill=tone)
        )

    def polygons(self, shapes: Iterable[Sequence[Point]], *, tone: int = 255) -> None:
        for points in shapes:
            self.polygon(points, tone=tone)

    def ellipse(
        self, centre: Point, rx: float, ry: float | None = None, *, tone: int = 255
    ) -> None:
        x, y = centre
        height = rx if ry is None else ry
        corners = [(x - rx, y - height), (x + rx, y + height)]
        self._corners += corners
        self._cuts.append(
            lambda knife, origin: knife.ellipse(_enlarged(corners, origin), fill=tone)
        )

    def box(self, corner: Point, opposite: Point, *, radius: float = 0, tone: int = 255) -> None:
        corners = [corner, opposite]
        self._corners += corners
        self._cuts.append(
            lambda knife, origin: knife.rounded_rectangle(
                _enlarged(corners, origin), radius * SCALE, fill=tone
            )
        )

    def line(self, points: Iterable[Point], width: float, *, tone: int = 255) -> None:
        path = list(points)
        self._corners += [(x + side * width, y + side * width) for x, y in path for side in (-1, 1)]
        thick = max(1, round(width * SCALE))
        self._cuts.append(
            lambda knife, origin: knife.line(
                _enlarged(path, origin), fill=tone, width=thick, joint="curve"
            )
        )

    def letters(self, centre: Point, words: str, size: float) -> None:
        """Lettering about a point, `size` pixels high."""
        font = ImageFont.load_default(size * SCALE)
        reach = size * len(words)
        self._corners += [
            (centre[0] - reach, centre[1] - size),
            (centre[0] + reach, centre[1] + size),
        ]
        self._cuts.append(
            lambda knife, origin: knife.text(
                _enlarged([centre], origin)[0], words, fill=255, font=font, anchor="mm"
            )
        )

    def mask(self) -> tuple[Image.Image, Box] | None:
        """What is cut out, at the sheet's scale, and where it lies; None when nothing of it is on the sheet."""
        if not self._corners:
            return None
        across_, down_ = zip(*self._corners, strict=True)
        around_ = (
            math.floor(min(across_)) - 1,
            math.floor(min(down_)) - 1,
            math.ceil(max(across_)) + 2,
            math.ceil(max(down_)) + 2,
        )
        box = _clip(around_, self._size)
        if box is None:
            return None
        card = Image.new("L", ((box[2] - box[0]) * SCALE, (box[3] - box[1]) * SCALE), 0)
        knife = ImageDraw.Draw(card)
        for cut in self._cuts:
            cut(knife, (box[0], box[1]))
        return card.reduce(SCALE), box


def _enlarged(points: Sequence[Point], origin: Point) -> list[Point]:
    return [((x - origin[0]) * SCALE, (y - origin[1]) * SCALE) for x, y in points]


class Sheet:
    """The paper under the stencils."""

    def __init__(self, size: tuple[int, int], rng: random.Random, ground: Colour) -> None:
        self.size = size
        self.rng = rng
        self.image = Image.new("RGB", size, ground)
        self._grain = self._make_grain()

    @property
    def width(self) -> int:
        return self.size[0]

    @property
    def height(self) -> int:
        return self.size[1]

    def _make_grain(self) -> Image.Image:
        """Uniform noise, half of it fine, half of it in coarser flecks."""
        width, height = self.size
        fine = Image.frombytes("L", self.size, self.rng.randbytes(width * height))
        small = (width // 2, height // 2)
        coarse = Image.frombytes("L", small, self.rng.randbytes(small[0] * small[1]))
        blended = Image.blend(fine, coarse.resize(self.size, Image.Resampling.BICUBIC), 0.6)
        return blended.point([max(0, min(255, round((v - 128) * 1.75 + 128))) for v in range(256)])

    def stencil(self) -> Stencil:
        return Stencil(self.size)

    def everything(self) -> Stencil:
        """A stencil that hides nothing."""
        card = self.stencil()
        card.box((0, 0), self.size)
        return card

    def ink(self, stencil: Stencil, colour: Colour, *, opacity: float = 1.0) -> None:
        """Pull one flat colour through the stencil."""
        cut = stencil.mask()
        if cut is None:
            return
        mask, box = cut
        if opacity < 1:
            mask = mask.point(_times(opacity))
        self.image.paste(colour, box, mask)

    def write(self, centre: Point, words: str, size: float, colour: Colour) -> None:
        """Lettering in one flat colour, centred on a point."""
        card = self.stencil()
        card.letters(centre, words, size)
        self.ink(card, colour)

    def blend(self, stencil: Stencil, colours: Sequence[Colour], ramp: Ramp) -> None:
        """Pull a smooth blend of two or more colours through the stencil, the first where the ramp is 0."""
        cut = stencil.mask()
        if cut is None:
            return
        mask, box = cut
        ladder = [_step(colours, value / 255) for value in range(256)]
        dither = self._grain.crop(box).point([(v - 128) // 12 + 128 for v in range(256)])
        field = ImageChops.add(_field(mask.size, ramp), dither, 1, -128)
        channels = [field.point([step[channel] for step in ladder]) for channel in range(3)]
        self.image.paste(Image.merge("RGB", channels), box, mask)

    def shade(self, stencil: Stencil, colour: Colour, ramp: Ramp, *, opacity: float = 1.0) -> None:
        """Speckle the stencil's shape with a colour, the denser the stronger the ramp."""
        cut = stencil.mask()
        if cut is None:
            return
        mask, box = cut
        field = _field(mask.size, ramp)
        flecks = ImageChops.add(field, self._grain.crop(box), 1, -255).point(_times(4))
        tone = Image.blend(flecks, field, 0.4).point(_times(opacity))
        self.image.paste(colour, box, ImageChops.multiply(mask, tone))

    def rim(self, stencil: Stencil, colour: Colour, shift: Point, *, opacity: float = 1.0) -> None:
        """Light the edge that faces away from `shift`, as a low sun does."""
        cut = stencil.mask()
        if cut is None:
            return
        mask, box = cut
        moved = Image.new("L", mask.size, 0)
        moved.paste(mask, (round(shift[0]), round(shift[1])))
        edge = ImageChops.subtract(mask, moved)
        self.image.paste(colour, box, edge.point(_times(opacity)))

    def glow(self, centre: Point, reach: float, colour: Colour, *, strength: float = 0.8) -> None:
        """Light that spreads from a point and fades to nothing at `reach` pixels."""
        x, y = centre
        box = (round(x - reach), round(y - reach), round(x + reach), round(y + reach))
        side = box[2] - box[0]
        halo = _field((side, side), lambda u, v: _halo(u, v) * strength)
        clipped = _clip(box, self.size)
        if clipped is None:
            return
        halo = halo.crop(
            (clipped[0] - box[0], clipped[1] - box[1], clipped[2] - box[0], clipped[3] - box[1])
        )
        dither = self._grain.crop(clipped).point([(v - 128) // 6 + 128 for v in range(256)])
        halo = ImageChops.multiply(halo, ImageChops.add(halo, dither, 1, -40))
        self.image.paste(colour, clipped, halo)

    def soften(
        self, stencil: Stencil, colour: Colour, blur: float, *, opacity: float = 0.6
    ) -> None:
        """Ink through the stencil with a soft edge: mist, a beam of light, a cast shadow."""
        cut = stencil.mask()
        if cut is None:
            return
        mask, box = cut
        small = Image.new("L", (self.width // 4, self.height // 4), 0)
        shrunk = mask.resize(
            (max(1, mask.width // 4), max(1, mask.height // 4)), Image.Resampling.BOX
        )
        small.paste(shrunk, (box[0] // 4, box[1] // 4))
        soft = small.filter(ImageFilter.GaussianBlur(blur / 4))
        wide = soft.resize(self.size, Image.Resampling.BICUBIC)
        self.image.paste(colour, (0, 0), wide.point(_times(opacity)))

    def mirror(self, line: float, tint: Colour, *, depth: float, murk: float = 0.45) -> None:
        """Reflect what stands above `line` into `depth` pixels below it, broken by ripples."""
        top, reach = round(line), round(depth)
        above = self.image.crop((0, max(0, top - reach), self.width, top))
        picture = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        picture = Image.blend(picture, Image.new("RGB", picture.size, tint), murk)
        row = 0
        while row < picture.height:
            step = max(3, round(3 + row / 45))
            sway = round(self.rng.uniform(-1, 1) * (2 + row / 40))
            strip = picture.crop((0, row, self.width, min(row + step, picture.height)))
            self.image.paste(ImageChops.offset(strip, sway, 0), (0, top + row))
            row += step

    def finish(self) -> Image.Image:
        """The picture with the paper's tooth in it and its corners a little darker."""
        tooth = self._grain.point([round(244 + v * 11 / 255) for v in range(256)])
        paper = ImageChops.multiply(self.image, Image.merge("RGB", (tooth, tooth, tooth)))
        corners = _field(
            self.size, lambda u, v: max(0.0, math.hypot(u - 0.5, v - 0.5) - 0.42) * 0.9
        )
        paper.paste((12, 14, 28), (0, 0), corners)
        return paper


def _times(factor: float) -> list[int]:
    """A look-up table that multiplies grey values."""
    return [min(255, round(value * factor)) for value in range(256)]


def _halo(u: float, v: float) -> float:
    fall = max(0.0, 1 - math.hypot(u - 0.5, v - 0.5) * 2)
    return fall * fall * (3 - 2 * fall)


def _clip(box: Box, size: tuple[int, int]) -> Box | None:
    left, top, right, bottom = (
        max(0, box[0]),
        max(0, box[1]),
        min(size[0], box[2]),
        min(size[1], box[3]),
    )
    return (left, top, right, bottom) if left < right and top < bottom else None


def _step(colours: Sequence[Colour], share: float) -> Colour:
    place = share * (len(colours) - 1)
    index = min(int(place), len(colours) - 2)
    return mix(colours[index], colours[index + 1], place - index)
