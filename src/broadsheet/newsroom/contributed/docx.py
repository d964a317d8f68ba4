"""Word's DOCX → HTML: paragraphs, headings, lists, bold, italic, links (ECMA-376, part 1, § 17). Plain Python."""

from collections.abc import Iterator
from html import escape
from typing import Any

from .archives import part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def html_of(body: bytes) -> str:
    """Raises archives.BrokenManuscript. Text in boxes, notes and tables' frames is left out; that in cells stays."""
    document = part(body, "word/document.xml")
    links = {
        relation.get("Id"): relation.get("Target", "")
        for relation in part(body, "word/_rels/document.xml.rels")
        if relation.get("TargetMode") == "External"
    }
    return "".join(_paragraph(paragraph, links) for paragraph in document.iter(f"{_W}p"))


def _paragraph(paragraph: Any, links: dict[str, str]) -> str:
    text = "".join(_inline(paragraph, links))
    if not text.strip():
        return ""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    if name.startswith(("heading", "title", "berschrift", "überschrift", "titre", "ttulo")):
        return f"<h2>{text}</h2>"
    if paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return f"<ul><li>{text}</li></ul>"
    return f"<blockquote><p>{text}</p></blockquote>" if "quote" in name else f"<p>{text}</p>"


def _inline(parent: Any, links: dict[str, str]) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}r":
            yield _run(child)
        elif child.tag == f"{_W}hyperlink":
            words, target = "".join(_inline(child, links)), links.get(child.get(_LINK), "")
            yield f'<a href="{escape(target)}">{words}</a>' if target else words
        elif child.tag in {f"{_W}ins", f"{_W}smartTag"}:  # what was deleted stays out
            yield from _inline(child, links)


def _run(run: Any) -> str:
    text = "".join(_signs(run))
    for tag, name in (("b", "b"), ("i", "i")):
        setting = run.find(f"{_W}rPr/{_W}{tag}")
        if text.strip() and setting is not None and setting.get(f"{_W}val") not in {"0", "false"}:
            text = f"<{name}>{text}</{name}>"
    return text


def _signs(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield escape(child.text or "", quote=False)
        elif child.tag == f"{_W}br":
            yield "<br>"
        elif child.tag == f"{_W}tab":
            yield " "
