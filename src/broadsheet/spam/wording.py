"""Named facts in words for a person."""

from functools import lru_cache

from broadsheet.spam.submission import Submission

_IN_FULL = {
    "no name": "no name given",
    "no e-mail": "no e-mail address given",
    "no website": "no website given",
    "honeypot": "the field that people do not see was filled in",
    "quotes the article": "it quotes the article",
    "little but a picture": "it is little but a picture",
    "smiley": "it smiles",
    "no smiley": "it has no smiley",
    "trails off": "it trails off …",
    "does not trail off": "it has no dots that trail off",
    "answers by name": "it answers someone by name",
    "cites": "it cites line by line",
    "a link twice": "it has the same link twice",
    "e-mail of the website": "the e-mail address is at the website",
    "e-mail of another site": "the e-mail address is not at the website",
    "calls the website by name": "it calls the website by name",
    "own website linked": "it links to the website of its author",
    "other sites linked": "it links to other sites than its author's",
    "script foreign to the site": "it is written in another script than the site",
    "script of the site": "it is written in the script of the site",
    "script plain latin": "it is written in plain Latin letters",
}
_BY_BEGINNING = (  # the first that fits; {} is the rest of the name
    ("length", "its length"),
    ("capitals", "how many capitals it has"),
    ("digits", "how many digits it has"),
    ("punctuation", "how much punctuation it has"),
    ("symbols", "how many symbols it has"),
    ("invisible", "how many invisible characters it has"),
    ("exclamations", "how many exclamation marks it has"),
    ("lines", "how many lines it has"),
    ("sentence", "how long its sentences are"),
    ("names inside", "how many words amid its sentences begin with a capital"),
    ("blank lines", "how many blank lines it has"),
    ("prose", "how long its sentences are, with where it leads"),
    ("begins", "how it begins"),
    ("edges", "how it begins and ends, with where it leads"),
    ("ends with", "it ends with “{}”"),
    ("links per word", "how many links it has for its length"),
    ("links", "how many links it has"),
    ("tags", "how many tags it has"),
    ("tag", "the tag {}"),
    ("link host", "the link {}"),
    ("link domain", "the link {}"),
    ("link top", "a link to .{}"),
    ("link shortened", "a shortened link"),
    ("link with", "the form of its links"),
    ("sites", "to how many sites its links lead"),
    ("path hyphens", "how many hyphens a link has"),
    ("path digits", "how many digits a link has"),
    ("path ends with", "a link that ends with .{}"),
    ("path", "“{}” in a link"),
    ("name word", "“{}” in the name"),
    ("name of", "how many words the name has"),
    ("name in", "how the name is written"),
    ("name", "the name “{}”"),
    ("e-mail at", "an e-mail address at {}"),
    ("website host", "the website {}"),
    ("website domain", "the website {}"),
    ("website top", "a website under .{}"),
    ("website shortened", "a shortened website address"),
    ("website called", "how long the website's name is"),
    ("website with", "the form of the website's address"),
    ("website word", "“{}” in the website's address"),
    ("script", "it has {} letters"),
    ("mixed", "letters of another script amid its words"),
    ("styled", "letters that are signs made to look like letters"),
    ("agent", "“{}” in the browser's name"),
    ("from", "it came from {}"),
    ("fit", "how many words it shares with the article"),
)
_FIELDS = (("name", "author"), ("e-mail", "author_email"), ("website", "author_url"), ("agent", "user_agent"),
           ("from", "referrer"), ("honeypot", "sending"), ("seconds", "sending"), ("fit", "article"))  # fmt: skip


def describe(name: str, submission: Submission) -> str:
    """A clue's text for a name from circumstances.py."""
    if name in _IN_FULL:
        return _IN_FULL[name]
    if name.startswith("seconds"):
        return f"sent {submission.seconds_to_fill or 0:.0f} s after the page was opened"
    for beginning, words in _BY_BEGINNING:
        if name.startswith(f"{beginning} "):
            return words.format(name.removeprefix(f"{beginning} "))
    return name


@lru_cache(maxsize=1 << 12)  # most names are measures, seen in every submission
def field_of(name: str) -> str:
    """The field of the submission that the name is about."""
    return next((field for beginning, field in _FIELDS if beginning in name.split()[:2]), "text")
