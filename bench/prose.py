"""Words for the articles and comments that are measured, always the same."""

SYLLABLES = [
    "ba",
    "der",
    "fin",
    "gol",
    "ha",
    "lis",
    "mar",
    "ne",
    "or",
    "pel",
    "qui",
    "ras",
    "sto",
    "tul",
    "ven",
    "wi",
    "zan",
    "cre",
    "dom",
    "eth",
]
WORDS = [a + b + c for a in SYLLABLES for b in SYLLABLES[::3] for c in ("", "n", "s", "ly")]


def sentence(number: int) -> str:
    """Some words, always the same for a number; unlike enough to compress as prose does."""
    words = [WORDS[(number * 7 + n * n * 3 + number * n) % len(WORDS)] for n in range(14)]
    return " ".join(words).capitalize() + f" {number}."


def paragraphs(number: int) -> list[tuple[str, str]]:
    return [
        ("paragraph", "<p>" + " ".join(sentence(100 * p + n) for n in range(4)) + "</p>")
        for p in range(number)
    ]
