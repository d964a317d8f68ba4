"""A configuration for nginx that serves the folder itself, with the same headers as our own server. Plain Python."""

import itertools
from collections.abc import Iterable, Iterator, Mapping

from . import policy
from .media import PRIVATE
from .mediatypes import SHOWN
from .proxies import FEED_TYPES, Layout, quoted

_GZIP_VARY = "        gzip_vary on;"


# Files that nginx keeps open, of all newspapers together. Debian lets a worker have 1,024 files and 768 connections.
_FILES_KEPT_OPEN = 200


def nginx(*layouts: Layout) -> str:
    """A server block for each newspaper, and what belongs before it, for nginx's `http` context."""
    kept_open = max(_FILES_KEPT_OPEN // len(layouts), 10)
    before = _BEFORE.format(
        application=layouts[0].application, shown="|".join(suffix.lstrip(".") for suffix in SHOWN)
    )
    servers = (
        _server(layout, tag, kept_open) for layout, tag in zip(layouts, _tags(), strict=False)
    )
    return "\n".join([before, *servers])


def _tags() -> Iterator[str]:
    """What is put behind the names of each newspaper's variables."""
    yield ""
    yield from (f"_{number}" for number in itertools.count(2))


def _server(layout: Layout, tag: str, kept_open: int) -> str:
    def headers(*those: tuple[str, str]) -> str:
        return _headers(those, hsts=f"$broadsheet_hsts{tag}" if layout.hsts else "")

    secure = policy.security_headers("/")
    page_headers = f"{_GZIP_VARY}\n" + headers(*secure, ("cache-control", layout.page_caching))
    return _SERVER.format(
        redirects=_map(layout.redirects, tag),
        moved=_MOVED.format(tag=tag) if layout.redirects else "",
        private="".join(_PRIVATE.format(folder=folder) for folder in PRIVATE),
        hsts=_HSTS.format(value=layout.transport_security, tag=tag) if layout.hsts else "",
        hsts_header=headers(),
        page_headers=page_headers,
        static_headers=headers(*secure, ("cache-control", policy.IMMUTABLE_CACHING)),
        media_headers=headers(
            *policy.media_headers(content_security_policy=policy.MEDIA_POLICY),
            ("cache-control", policy.MEDIA_CACHING),
        ),
        away_headers=headers(*secure, ("cache-control", "no-store"), ("retry-after", "30")),
        feeds="".join(
            _FEED.format(name=name.replace(".", r"\."), media_type=media_type)
            for name, media_type in FEED_TYPES.items()
        ),
        name=layout.name,
        listen=layout.listen,
        pages=layout.pages,
        static=layout.static,
        media=layout.media,
        kept_open=kept_open,
    )


def _map(redirects: Mapping[str, str], tag: str) -> str:
    """Nothing where there are none: it would be looked up for each request."""
    lines = (f"    {quoted(path)} {quoted(target)};" for path, target in sorted(redirects.items()))
    return _MAP.format(lines="\n".join(lines), tag=tag) if redirects else ""


def _headers(headers: Iterable[tuple[str, str]], *, hsts: str) -> str:
    """`hsts`: the variable with that header's value; "" for none."""
    lines = [f"        add_header {name} {quoted(value)} always;" for name, value in headers]
    if hsts:
        lines.append(f"        add_header strict-transport-security {hsts} always;")
    return "\n".join(lines)


_BEFORE = """\
upstream broadsheet {{
    server {application};
    keepalive 16;
}}

map $uri $broadsheet_disposition {{
    default attachment;
    "~*\\.({shown})$" "";
}}
"""
# A page's address has no dot. So no regular expression is matched for it but the one that looks for a dot, which fails as
# soon as there is none; its type is written out, for which no file name and no list of types are looked at.
_SERVER = """\
{redirects}{hsts}server {{
    listen {listen};
{hsts_header}
    server_name {name};
    root {pages};
    gzip_static on;
    # With the modules for them: brotli_static on; zstd_static on;
    etag on;
    absolute_redirect off;
    # Looked for again after a second, in which a page that was printed anew may still be the old one.
    open_file_cache max={kept_open} inactive=60s;
    open_file_cache_valid 1s;
    client_max_body_size 40m;

{moved}    # Pages.
    location / {{
        types {{ }}
        default_type "text/html; charset=utf-8";
{page_headers}
        try_files ${{uri}}index.html $uri @application;
    }}

    # Feeds, sitemaps, robots.txt and other files.
    location ~ \\. {{
        charset utf-8;
        charset_types text/plain text/xml application/xml application/json;
{page_headers}
        try_files ${{uri}}index.html $uri @application;

        location ~ /\\.(?!well-known/) {{
            return 404;
        }}

        location ~ /gone\\.html$ {{
            internal;
        }}
{feeds}    }}

    location ^~ /static/ {{
        alias {static}/;
        charset utf-8;
        gzip on;
        gzip_types text/css text/javascript application/javascript image/svg+xml;
        gzip_vary on;
{static_headers}

        location ~ /\\. {{
            return 404;
        }}
    }}

    location ^~ /media/ {{
        alias {media}/;
        add_header content-disposition $broadsheet_disposition always;
{media_headers}

        location ~ /\\. {{
            return 404;
        }}
{private}    }}

    error_page 404 /404.html;
    location = /404.html {{
        charset utf-8;
{page_headers}
    }}

    location @application {{
        # A page's address ends with a slash.
        if (-f $request_filename/index.html) {{
            return 301 $uri/$is_args$args;
        }}
        # Was printed, and is withdrawn.
        if (-f $request_filename/gone.html) {{
            return 410;
        }}
        proxy_pass http://broadsheet;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        error_page 410 $uri/gone.html;
        error_page 502 504 =503 /away.html;
    }}

    # Reloading it sends the form once more.
    location = /away.html {{
        internal;
        charset utf-8;
{away_headers}
    }}
}}
"""
_HSTS = """\
# Said by TLS only; an empty value is not sent.
map $scheme $broadsheet_hsts{tag} {{
    default "";
    https "{value}";
}}

"""
_MAP = """\
# Old addresses; write this file again after many have been added.
map $uri $broadsheet_moved{tag} {{
    default "";
{lines}
}}

"""
_MOVED = """\
    if ($broadsheet_moved{tag}) {{
        return 301 $broadsheet_moved{tag};
    }}

"""
_FEED = """
        location ~ /{name}$ {{
            types {{ }}
            default_type "{media_type}";
            try_files $uri @application;
        }}
"""
_PRIVATE = """
        location /media/{folder}/ {{
            return 404;
        }}
"""
