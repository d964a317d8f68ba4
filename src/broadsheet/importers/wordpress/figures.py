"""Figures, tables and players of an article → blocks. Plain Python."""

import re
from html import escape
from typing import Final
from urllib.parse import urlsplit

import lxml.html
import nh3

from broadsheet.importers.blocks import Block, FileReference, PhotoReference

from . import embeds
from .richtext import MARKS, Element, link_of_picture, photo_of, plain, safe_address

_FILE: Final = re.compile(
    r"\.(?:mp3|m4a|og[agv]|opus|wav|flac|mp4|m4v|mov|webm|avi|wmv"
    r"|pdf|docx?|xlsx?|pptx?|odt|ods|zip|epub)\Z"
)
_MARKUP: Final = nh3.Cleaner(
    tags={
        *("p", "br", "b", "strong", "i", "em", "s", "del", "sub", "sup", "code", "a", "pre", "div"),
        *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "h2", "h3", "h4"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    },
    attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_NOT_IN_A_CELL: Final = (
    *("a", "img", "ul", "ol", "dl", "table", "iframe", "video", "audio", "blockquote", "pre"),
    *MARKS,
)


def photo_block(photo: PhotoReference, width: str = "column") -> Block:
    return Block("photo", {"photo": photo, "caption": photo.caption, "width": width})


def pictures(element: Element) -> list[PhotoReference]:
    """The pictures in an element, smileys excepted."""
    return [
        photo_of(image, link=_link_around(image))
        for image in element.iter("img")
        if "smiley" not in image.get("class", "") and "emoji" not in image.get("class", "")
    ]


def _link_around(image: Element) -> str:
    parent = image.getparent()
    return link_of_picture(parent) if parent is not None and parent.tag == "a" else ""


def take_source(quote: Element) -> str:
    """The words of a quotation's last `<cite>`, which leaves the tree."""
    cites = list(quote.iter("cite"))
    if not cites:
        return ""
    source = plain(cites[-1])
    cites[-1].drop_tree()  # type: ignore[attr-defined]  # lxml.html's elements have it
    return source


def figure_blocks(figure: Element) -> list[Block] | None:
    """What a `<figure>` shows; None when it is a mere wrapper of ordinary content."""
    classes = figure.get("class", "")
    if "embed" in classes:
        return _embed(figure)
    table = figure.find(".//table")
    if table is not None:
        return table_blocks(table, caption=_caption(figure))
    if any(figure.find(f".//{tag}") is not None for tag in ("iframe", "video", "audio")):
        return player_blocks(figure)
    if figure.find(".//blockquote") is not None and "pullquote" in classes:
        return _pullquote(figure)
    images = list(figure.iter("img"))
    if len(images) == 1 and "gallery" not in classes:
        photo = photo_of(images[0], caption=plain(figure), link=_link_around(images[0]))
        return [photo_block(photo, _width(figure))]
    return [_gallery(figure, images)] if images else None


def _width(figure: Element) -> str:
    """WordPress notes a wide picture on the figure, on the image, or on what wraps the figure."""
    parent = figure.getparent()
    classes = " ".join(
        (
            figure.get("class", ""),
            parent.get("class", "") if parent is not None and len(parent) == 1 else "",
        )
    )
    return "full" if "alignfull" in classes else "wide" if "alignwide" in classes else "column"


def _caption(figure: Element) -> str:
    return " ".join(plain(child) for child in figure.iterchildren("figcaption"))


def _gallery(figure: Element, images: list[Element]) -> Block:
    photos = [
        photo_of(image, caption=_caption_beside(image, figure), link=_link_around(image))
        for image in images
    ]
    return Block(
        "gallery",
        {
            "photos": [{"photo": photo, "caption": photo.caption} for photo in photos],
            "caption": _caption(figure),
        },
    )


def _caption_beside(image: Element, gallery: Element) -> str:
    """The caption in the figure, or the list's entry, that holds one picture of a gallery."""
    for ancestor in image.iterancestors("figure", "li"):
        if ancestor is gallery:
            break
        found = ancestor.find(".//figcaption")
        if found is not None:
            return plain(found)
    return ""


def _embed(figure: Element) -> list[Block]:
    caption = _caption(figure)
    frame = next(figure.iter("iframe"), None)
    link = next(figure.iter("a"), None)
    if frame is not None:
        address = embeds.address_of_frame(frame.get("src", ""))
    else:
        words = [plain(child) for child in figure.iterchildren() if child.tag != "figcaption"]
        address = next((word for word in words if embeds.address_alone(word)), "")
        if not address and link is not None:
            address = safe_address(link.get("href", ""))
    if not address:
        text = plain(figure)
        return [Block("paragraph", f"<p>{escape(text)}</p>")] if text else []
    return [Block("embed", {"url": address, "title": caption})]


def _pullquote(figure: Element) -> list[Block]:
    source = take_source(figure)
    return [Block("pullquote", {"text": plain(figure), "source": source})]


def player_blocks(element: Element) -> list[Block]:
    """Frames, sound and film, in an element or as it: a file where one is named, else a card."""
    caption = _caption(element) if element.tag == "figure" else ""
    blocks = []
    for player in element.iter("iframe", "video", "audio"):
        source = player.find("source")
        inner = source.get("src", "") if source is not None else ""
        url = player.get("src", "") or player.get("data-src", "") or inner
        title = caption or player.get("title", "")
        blocks.append(_player(str(player.tag), url, title))
    return [block for block in blocks if block]


def _player(tag: str, url: str, title: str) -> Block | None:
    address = embeds.address_of_frame(url) if tag == "iframe" else safe_address(url)
    if not address:
        return None
    return file_block(address, title) or Block("embed", {"url": address, "title": title})


def file_block(url: str, title: str) -> Block | None:
    """A file to download or play, when the address names one."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    if not _FILE.search(path.lower()):
        return None
    return Block("file", {"document": FileReference(url), "title": title})


def table_blocks(table: Element, *, caption: str = "") -> list[Block]:
    """A table of plain words; one with links, marks, pictures or joined cells keeps its HTML."""
    own_caption = table.find("caption")
    caption = caption or (plain(own_caption) if own_caption is not None else "")
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if not rows:
        return markup_blocks(table)
    cells = [cell for row in rows for cell in row]
    if any(_needs_markup(cell) for cell in cells):
        return markup_blocks(table, caption)
    width = max(map(len, rows))
    return [
        Block(
            "table",
            {
                "data": [[*map(plain, row), *[""] * (width - len(row))] for row in rows],
                "first_row_is_table_header": all(cell.tag == "th" for cell in rows[0]),
                "first_col_is_header": len(rows) > 1
                and all(row[0].tag == "th" for row in rows[1:]),
                "table_caption": caption,
            },
        )
    ]


def _needs_markup(cell: Element) -> bool:
    joined = any(cell.get(name, "1") != "1" for name in ("colspan", "rowspan"))
    return joined or next(cell.iter(*_NOT_IN_A_CELL), None) is not None


def markup_blocks(element: Element, caption: str = "") -> list[Block]:
    """What no other block can hold, as cleaned HTML; its pictures follow it."""
    html = _MARKUP.clean(lxml.html.tostring(element, encoding="unicode", with_tail=False)).strip()
    if caption:
        html += f"<p>{escape(caption)}</p>"
    return [*([Block("markup", html)] if html else []), *map(photo_block, pictures(element))]
