"""Small WordPress exports, written out for the tests."""

from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
  xmlns:excerpt="{scheme}://wordpress.org/export/{version}/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="{scheme}://wordpress.org/export/{version}/">
<channel>
<title>The Harbour Post</title>
<link>https://old.example</link>
<wp:wxr_version>{version}</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url>
<wp:base_blog_url>https://old.example/news/</wp:base_blog_url>
"""
FOOT = "</channel>\n</rss>\n"


def an_export(*parts: str, version: str = "1.2", scheme: str = "http") -> bytes:
    """A whole file with `parts` (authors, terms, items) in its channel."""
    return (HEAD.format(version=version, scheme=scheme) + "".join(parts) + FOOT).encode()


def an_author(login: str = "mara", name: str = "Mara Lindqvist") -> str:
    return (
        f"<wp:author><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_email>{login}@private.example</wp:author_email>"
        f"<wp:author_display_name><![CDATA[{name}]]></wp:author_display_name></wp:author>\n"
    )


def a_category(slug: str, name: str, parent: str = "") -> str:
    return (
        f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent>"
        f"<wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>\n"
    )


def an_item(
    number: int = 1,
    *,
    title: str = "Ferry delayed",
    content: str = "The ferry was late.",
    inside: str = "",
    **fields: str | int,
) -> str:
    """A published post; `fields` are wp: elements, `inside` is XML of categories, metadata, comments."""
    wp = {
        "post_id": number,
        "post_date": "2021-03-04 10:00:00",
        "post_date_gmt": "2021-03-04 09:00:00",
        "post_name": f"post-{number}",
        "status": "publish",
        "post_type": "post",
        "comment_status": "open",
    } | fields
    written = "".join(f"<wp:{name}>{escape(str(value))}</wp:{name}>" for name, value in wp.items())
    return (
        f"<item><title>{escape(title)}</title><link>https://old.example/news/post-{number}/</link>"
        f"<dc:creator>mara</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded></excerpt:encoded>{written}{inside}</item>\n"
    )


def a_category_of_item(slug: str, name: str, domain: str = "category") -> str:
    return f'<category domain="{domain}" nicename="{slug}"><![CDATA[{name}]]></category>'


def metadata(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def a_comment(number: int = 1, *, text: str = "Thank you.", **fields: str | int) -> str:
    wp = {
        "comment_id": number,
        "comment_author": "Jonas",
        "comment_author_email": "jonas@private.example",
        "comment_date_gmt": "2021-03-05 08:00:00",
        "comment_content": text,
        "comment_approved": "1",
        "comment_type": "comment",
        "comment_parent": 0,
    } | fields
    inner = "".join(f"<wp:{name}>{escape(str(value))}</wp:{name}>" for name, value in wp.items())
    return f"<wp:comment>{inner}</wp:comment>"


def an_attachment(number: int, url: str, *, inside: str = "", **fields: str | int) -> str:
    return an_item(
        number,
        title="A photo",
        content="",
        inside=inside,
        post_type="attachment",
        status="inherit",
        attachment_url=url,
        **fields,
    )
