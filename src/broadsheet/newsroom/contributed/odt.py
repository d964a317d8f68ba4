"""OpenDocument text → HTML: paragraphs, headings, lists, bold, italic, links (OpenDocument 1.3). Plain Python."""

from collections.abc import Iterator
from html import escape
from typing import Any

from .archives import part

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_LEFT_OUT = {f"{_TEXT}note", f"{_TEXT}tracked-changes"}

Tags = dict[str, tuple[str, ...]]  # style → HTML tags


def html_of(body: bytes) -> str:
    """Raises archives.BrokenManuscript. Notes and what was deleted are left out."""
    content = part(body, "content.xml")
    styles = dict(_styles(content))
    return "".join(_blocks(content, styles))


def _styles(content: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for style in content.iter(f"{_STYLE}style"):
        properties = style.find(f"{_STYLE}text-properties")
        if properties is not None:
            bold = ("b",) if properties.get(f"{_FO}font-weight") == "bold" else ()
            italic = ("i",) if properties.get(f"{_FO}font-style") == "italic" else ()
            yield style.get(f"{_STYLE}name"), bold + italic


def _blocks(element: Any, styles: Tags) -> Iterator[str]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            yield _block(child, styles)
        else:
            yield from _blocks(child, styles)


def _block(element: Any, styles: Tags) -> str:
    text = "".join(_inline(element, styles))
    if not text.strip():
        return ""
    if element.tag == f"{_TEXT}h":
        return f"<h2>{text}</h2>"
    in_list = element.getparent().tag == f"{_TEXT}list-item"
    return f"<ul><li>{text}</li></ul>" if in_list else f"<p>{text}</p>"


def _inline(element: Any, styles: Tags) -> Iterator[str]:
    yield escape(element.text or "", quote=False)
    for child in element:
        if child.tag == f"{_TEXT}a":
            words = "".join(_inline(child, styles))
            yield f'<a href="{escape(child.get(_HREF, ""))}">{words}</a>'
        elif child.tag == f"{_TEXT}line-break":
            yield "<br>"
        elif child.tag in {f"{_TEXT}s", f"{_TEXT}tab"}:
            yield " "
        elif child.tag not in _LEFT_OUT:
            yield _styled("".join(_inline(child, styles)), styles.get(_style_of(child), ()))
        yield escape(child.tail or "", quote=False)


def _style_of(element: Any) -> str:
    return str(element.get(f"{_TEXT}style-name", ""))


def _styled(text: str, tags: tuple[str, ...]) -> str:
    for tag in tags if text.strip() else ():
        text = f"<{tag}>{text}</{tag}>"
    return text
