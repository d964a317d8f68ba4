"""Blocks of an article's body → the HTML that WordPress shows; photos become figures of its library."""

from html import escape
from typing import Any

from wagtail.rich_text import expand_db_html


class Bodies:
    """Writes bodies; `site` is our own address, at which the files are found."""

    def __init__(self, site: str) -> None:
        self._site = site

    def html(self, body: Any) -> str:
        """The whole body of a page."""
        return "\n\n".join(
            filter(None, (self._block(part.block_type, part.value) for part in body))
        )

    def address(self, url: str) -> str:
        return url if "://" in url else f"{self._site}{url}"

    def photo(self, photo: Any, caption: str) -> str:
        if photo is None:
            return ""
        words = caption or photo.caption
        shown = f"<figcaption>{escape(words)}</figcaption>" if words else ""
        return (
            f'<figure class="wp-block-image"><img src="{escape(self.address(photo.file.url))}"'
            f' alt="{escape(photo.description)}" class="wp-image-{photo_number(photo.pk)}"/>{shown}</figure>'
        )

    def _block(self, kind: str, value: Any) -> str:
        writer = getattr(self, f"_{kind}", None)
        return writer(value) if writer else escape(str(value))

    def _paragraph(self, value: Any) -> str:
        return str(expand_db_html(value.source))

    def _heading(self, value: Any) -> str:
        return f"<h{value['level']}>{escape(value['text'])}</h{value['level']}>"

    def _photo(self, value: Any) -> str:
        return self.photo(value["photo"], value["caption"])

    def _gallery(self, value: Any) -> str:
        inner = "".join(self.photo(one["photo"], one["caption"]) for one in value["photos"])
        caption = f"<figcaption>{escape(value['caption'])}</figcaption>" if value["caption"] else ""
        return f'<figure class="wp-block-gallery">{inner}{caption}</figure>'

    def _quote(self, value: Any) -> str:
        source = f"<cite>{escape(value['source'])}</cite>" if value["source"] else ""
        return f"<blockquote>{expand_db_html(value['text'].source)}{source}</blockquote>"

    def _pullquote(self, value: Any) -> str:
        source = f"<cite>{escape(value['source'])}</cite>" if value["source"] else ""
        return f'<figure class="wp-block-pullquote"><blockquote><p>{escape(value["text"])}</p>{source}</blockquote></figure>'

    def _table(self, value: Any) -> str:
        rows = []
        for number, row in enumerate(value.get("data") or ()):
            is_head = number == 0 and value.get("first_row_is_table_header")
            tag = "th" if is_head else "td"
            cells = "".join(f"<{tag}>{escape(str(cell or ''))}</{tag}>" for cell in row)
            rows.append(f"<tr>{cells}</tr>")
        caption = value.get("table_caption")
        shown = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
        return f'<figure class="wp-block-table"><table>{"".join(rows)}</table>{shown}</figure>'

    def _code(self, value: Any) -> str:
        language = f' class="language-{escape(value["language"])}"' if value["language"] else ""
        return f"<pre><code{language}>{escape(value['code'])}</code></pre>"

    def _verse(self, value: Any) -> str:
        return f"<pre>{escape(value)}</pre>"

    def _embed(self, value: Any) -> str:
        caption = f"<figcaption>{escape(value['title'])}</figcaption>" if value["title"] else ""
        return f'<figure class="wp-block-embed"><div>\n{escape(value["url"])}\n</div>{caption}</figure>'

    def _file(self, value: Any) -> str:
        document = value["document"]
        if document is None:
            return ""
        url, title = escape(self.address(document.url)), escape(value["title"] or document.title)
        return f'<p><a href="{url}">{title}</a></p>'

    def _aside(self, value: Any) -> str:
        return f"<details><summary>{escape(value['title'])}</summary>{expand_db_html(value['text'].source)}</details>"

    def _divider(self, _value: Any) -> str:
        return "<hr/>"

    def _markup(self, value: Any) -> str:
        return str(value)


def photo_number(photo_id: int) -> int:
    """Photos and pages are counted apart here, and together in WordPress."""
    return 1_000_000_000 + photo_id
