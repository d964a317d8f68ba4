"""The inks of the house. Every picture mixes its colours from these, so that all belong to one paper."""

Colour = tuple[int, int, int]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`share` of the second (0.0 to 1.0) stirred into the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


NIGHT: Colour = (16, 25, 48)
NAVY: Colour = (30, 50, 82)
SLATE: Colour = (68, 99, 124)
TEAL: Colour = (30, 118, 124)
FOAM: Colour = (167, 209, 197)
SKY: Colour = (186, 216, 222)
ICE: Colour = (226, 236, 236)
CREAM: Colour = (248, 238, 216)
SAND: Colour = (230, 199, 147)
AMBER: Colour = (242, 172, 62)
CORAL: Colour = (230, 107, 77)
BRICK: Colour = (164, 60, 48)
PLUM: Colour = (76, 43, 74)
ROSE: Colour = (235, 166, 145)
MOSS: Colour = (108, 132, 66)
PINE: Colour = (34, 74, 66)
OAK: Colour = (122, 76, 46)
SOOT: Colour = (30, 24, 28)
