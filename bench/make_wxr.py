"""Write a WordPress export of any size: `python -m bench.make_wxr FILE --articles 1000`.

Everything in it is made up from a short list of words; the same numbers give the same file. Half of the articles
are in blocks, half in the classic form. A 2 GB export: `--articles 100000 --comments 10 --words 1840`.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

WORDS = (
    *("harbour", "ferry", "council", "bridge", "market", "orchard", "winter"),
    *("school", "river", "budget", "station", "library", "concert", "storm"),
    *("meadow", "bakery", "tram", "vote", "garden", "island", "clinic"),
    *("museum", "paper", "quarry", "lantern", "festival", "reservoir", "path"),
)
SECTIONS = ("harbour", "council", "culture", "sport", "letters", "weather", "schools", "markets")
CONTRIBUTORS = 40
FIRST = datetime(2008, 1, 1, 6)  # noqa: DTZ001, written into the file as local time
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Made to measure</title><link>https://old.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How much to write."""

    articles: int
    comments: int = 10  # below each article
    words: int = 400  # of each article
    photos: int = 0  # one attachment for each so many articles; 0: none


def write(file: TextIO, size: Size, *, seed: int = 1) -> None:
    """Write a whole export, one item at a time."""
    chance = random.Random(seed)
    file.write(HEAD)
    for number in range(CONTRIBUTORS):
        file.write(
            f"<wp:author><wp:author_login>person{number}</wp:author_login>"
            f"<wp:author_display_name>Person {number}</wp:author_display_name></wp:author>\n"
        )
    for number, section in enumerate(SECTIONS, 1):
        file.write(
            f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{section}</wp:category_nicename>"
            f"<wp:category_parent></wp:category_parent><wp:cat_name>{section.title()}</wp:cat_name></wp:category>\n"
        )
    for number in range(1, size.articles + 1):
        file.write(_article(number, size, chance))
        if size.photos and number % size.photos == 0:
            file.write(_attachment(size.articles + number))
    file.write("</channel></rss>\n")


def _article(number: int, size: Size, chance: random.Random) -> str:
    at = FIRST + timedelta(hours=number)
    section = SECTIONS[number % len(SECTIONS)]
    content = _content(number, size, chance)
    comments = "".join(_comments(number, size, chance, at))
    tags = "".join(
        f'<category domain="post_tag" nicename="{word}">{word}</category>'
        for word in chance.sample(WORDS, 3)
    )
    return (
        f"<item><title>{_sentence(chance, 7)}</title><link>https://old.example/{at:%Y/%m}/story-{number}/</link>"
        f"<dc:creator>person{number % CONTRIBUTORS}</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded>{_sentence(chance, 20)}</excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>{at}</wp:post_date><wp:post_date_gmt>{at}</wp:post_date_gmt>"
        f"<wp:comment_status>open</wp:comment_status><wp:post_name>story-{number}</wp:post_name>"
        f"<wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>post</wp:post_type>"
        f'<category domain="category" nicename="{section}">{section.title()}</category>{tags}{comments}</item>\n'
    )


def _content(number: int, size: Size, chance: random.Random) -> str:
    paragraphs = [_sentence(chance, 40) for _ in range(max(size.words // 40, 1))]
    if size.photos and number % size.photos == 0:
        photo = size.articles + number
        paragraphs.insert(
            1,
            f'<img class="wp-image-{photo}" src="https://old.example/uploads/{photo}.jpg" alt="Photo">',
        )
    if number % 2:
        return "\n\n".join(paragraphs)
    return "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in paragraphs
    )


def _comments(number: int, size: Size, chance: random.Random, at: datetime) -> Iterator[str]:
    first = number * size.comments
    for place in range(size.comments):
        answers = first + chance.randrange(place) if place and chance.random() < 0.5 else 0
        when = at + timedelta(minutes=place + 1)
        yield (
            f"<wp:comment><wp:comment_id>{first + place}</wp:comment_id>"
            f"<wp:comment_author>Reader {chance.randrange(5000)}</wp:comment_author>"
            f"<wp:comment_author_email>r{chance.randrange(5000)}@mail.example</wp:comment_author_email>"
            f"<wp:comment_author_IP>203.0.113.{chance.randrange(255)}</wp:comment_author_IP>"
            f"<wp:comment_date_gmt>{when}</wp:comment_date_gmt>"
            f"<wp:comment_content><![CDATA[{_sentence(chance, 30)}]]></wp:comment_content>"
            f"<wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type>"
            f"<wp:comment_parent>{answers}</wp:comment_parent></wp:comment>"
        )


def _attachment(number: int) -> str:
    return (
        f"<item><title>Photo {number}</title><wp:post_id>{number}</wp:post_id><wp:status>inherit</wp:status>"
        f"<wp:post_type>attachment</wp:post_type>"
        f"<wp:attachment_url>https://old.example/uploads/{number}.jpg</wp:attachment_url></item>\n"
    )


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a WordPress export to measure with.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--comments", type=int, default=10, help="below each article")
    parser.add_argument("--words", type=int, default=400, help="of each article")
    parser.add_argument("--photos", type=int, default=0, help="one for each so many articles")
    asked = parser.parse_args()
    with asked.file.open("w", encoding="utf-8") as file:
        write(file, Size(asked.articles, asked.comments, asked.words, asked.photos))
    print(f"{asked.file}: {asked.file.stat().st_size / 1024**2:.1f} MB")


if __name__ == "__main__":
    main()
