"""Named facts about how a submission is written, in terms of no language: what carries over from one site to another.

People at a comment form write short sentences, smile, trail off and answer each other; who is paid by the link writes
prose. Counted on the shapes and strings that are there already: no pattern is searched for.
"""

from broadsheet.spam.bands import FEW, Bands
from broadsheet.spam.characters import Kind
from broadsheet.spam.reading import Reading

_SENTENCE = Bands("sentence", (3, 6, 9, 12, 18, 24, 36))  # words, the mean
_NAMES = Bands("names inside", (0.001, 0.03, 0.07, 0.15, 0.3))  # of the words
_GAPS = Bands("blank lines", FEW)
# Capitalised words amid a sentence, and the ends of sentences but the last, in shapes (characters.classify).
_CAPITALISED = bytes((Kind.UPPER, Kind.LETTER))
_INSIDE = tuple(
    bytes((*before, Kind.BLANK)) + _CAPITALISED
    for before in ((Kind.LETTER,), (ord(",") + len(Kind),))
)
_ENDS = tuple(bytes((ord(mark) + len(Kind), Kind.BLANK)) for mark in ".!?")
# By a sign that they need and most texts have not: soon found missing.
_SMILEYS = {
    ":": (":)", ":-)", ":D", ":-D", ":(", ":-(", ":P", ":p"),
    ";": (";)", ";-)"),
    ")": ("=)", "))"),
    "^": ("^^", "^_^"),
    "<": ("<3",),
    "D": ("xD", "XD"),
}


def names(reading: Reading) -> list[str]:
    text, shapes = reading.decoded, reading.shapes
    words = len(reading.words)
    sentence = _SENTENCE.of(words / (1 + sum(map(shapes.count, _ENDS))))
    inside = sum(map(shapes.count, _INSIDE))
    found = [
        sentence,
        _NAMES.of(inside / max(words, 1)),
        _GAPS.of(text.count("\n\n") + text.count("\n\r\n")),
        "smiley" if _smiles(text) else "no smiley",
        "trails off" if "..." in text or "…" in text else "does not trail off",
    ]
    leads = _leads_away(reading)
    if leads:
        found.append(f"prose {sentence} {leads}")
    if text.lstrip()[:1] == "@":
        found.append("answers by name")
    if text.startswith(">") or "\n>" in text:
        found.append("cites")
    return found + _edges(text.strip(), leads)


def _edges(text: str, leads: str) -> list[str]:
    """How it begins, and together with how it ends if there is somewhere to go from it."""
    begins = "small" if text[:1].islower() else "capital" if text[:1].isupper() else "other"
    if not leads:
        return [f"begins {begins}"]
    return [f"begins {begins}", f"edges {begins} {text[-1:]} {leads}"]


def _leads_away(reading: Reading) -> str:
    """Where one can go from it: what reads like a comment is told from a scrap of text with a website by what a linear
    model cannot see in each by itself."""
    leads = "website" if reading.submission.author_url else ""
    return f"{leads} link" if any(mark.link for mark in reading.marks) else leads


def _smiles(text: str) -> bool:
    return any(
        sign in text and any(smiley in text for smiley in smileys)
        for sign, smileys in _SMILEYS.items()
    )
