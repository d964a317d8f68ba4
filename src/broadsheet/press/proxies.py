"""Configurations for web servers that serve the folder themselves, with the same headers as our own. Plain Python."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import policy
from .media import PRIVATE
from .mediatypes import SHOWN

_FEED_TYPES = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is."""

    name: str  # the newspaper's host name
    listen: str  # "80", or an address with a port
    pages: Path
    static: Path
    media: Path
    application: str  # host:port of `broadsheet serve`
    redirects: Mapping[str, str]  # URL path → where it leads, for good
    page_caching: str = policy.PAGE_CACHING  # Cache-Control of printed pages
    hsts: int = 0  # seconds for which browsers shall come by TLS only (RFC 6797), once they have; 0: not said

    @property
    def transport_security(self) -> str:
        """The header's value; "" for none."""
        return f"max-age={self.hsts}" if self.hsts else ""


def nginx(*layouts: Layout) -> str:
    """A server block for each newspaper, and what belongs before it, for nginx's `http` context."""
    before = _NGINX_BEFORE.format(
        application=layouts[0].application, shown="|".join(suffix.lstrip(".") for suffix in SHOWN)
    )
    servers = (_nginx_server(layout, tag) for layout, tag in zip(layouts, _tags(), strict=False))
    return "\n".join([before, *servers])


def _tags() -> Iterator[str]:
    """What is put behind the names of each newspaper's variables."""
    yield ""
    yield from (f"_{number}" for number in itertools.count(2))


def _nginx_server(layout: Layout, tag: str) -> str:
    headers = partial(_nginx_headers, tag=tag)
    page_headers = headers(
        [
            *policy.security_headers("/"),
            ("cache-control", layout.page_caching),
            ("vary", "accept-encoding"),
        ]
    )
    return _NGINX_SERVER.format(
        redirects=_nginx_map(layout.redirects, tag),
        moved=_NGINX_MOVED.format(tag=tag) if layout.redirects else "",
        tag=tag,
        private="|".join(PRIVATE),
        page_headers=page_headers,
        static_headers=headers(
            [*policy.security_headers("/"), ("cache-control", policy.IMMUTABLE_CACHING)]
        ),
        media_headers=headers(
            [
                *policy.media_headers(content_security_policy=policy.MEDIA_POLICY),
                ("cache-control", policy.MEDIA_CACHING),
            ]
        ),
        away_headers=headers(
            [*policy.security_headers("/"), ("cache-control", "no-store"), ("retry-after", "30")]
        ),
        feeds="\n".join(
            _NGINX_FEED.format(
                name=name.replace(".", r"\."), media_type=media_type, page_headers=page_headers
            )
            for name, media_type in _FEED_TYPES.items()
        ),
        name=layout.name,
        hsts=layout.transport_security,
        listen=layout.listen,
        pages=layout.pages,
        static=layout.static,
        media=layout.media,
    )


def caddy(*layouts: Layout) -> str:
    """A site block for each newspaper, for a Caddyfile (Caddy 2)."""
    return "\n".join(map(_caddy_site, layouts))


def _caddy_site(layout: Layout) -> str:
    return _CADDY.format(
        redirects="\n".join(
            f"\t\tredir {_quoted(path)} {_quoted(target)} permanent"
            for path, target in sorted(layout.redirects.items())
        ),
        page_headers=_caddy_headers(
            [*policy.security_headers("/"), ("cache-control", layout.page_caching)]
        ),
        static_headers=_caddy_headers(
            [*policy.security_headers("/"), ("cache-control", policy.IMMUTABLE_CACHING)]
        ),
        media_headers=_caddy_headers(
            [
                *policy.media_headers(content_security_policy=policy.MEDIA_POLICY),
                ("cache-control", policy.MEDIA_CACHING),
            ]
        ),
        away_headers=_caddy_headers(
            [*policy.security_headers("/"), ("cache-control", "no-store"), ("retry-after", "30")]
        ),
        feeds="".join(
            _CADDY_FEED.format(name=name, media_type=media_type)
            for name, media_type in _FEED_TYPES.items()
        ),
        private=" ".join(f"/media/{folder}/*" for folder in PRIVATE),
        shown=" ".join(f"*{suffix}" for suffix in SHOWN),
        name=layout.name,
        hsts=_CADDY_HSTS.format(layout.transport_security) if layout.hsts else "",
        pages=layout.pages,
        static=layout.static,
        media=layout.media,
        application=layout.application,
    )


def _quoted(value: str) -> str:
    """A string in nginx's and Caddy's quotes; neither substitutes variables in what we put there."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "%24") + '"'


def _nginx_map(redirects: Mapping[str, str], tag: str) -> str:
    """Nothing where there are none: it would be looked up for each request."""
    lines = (f"{_quoted(path)} {_quoted(target)};" for path, target in sorted(redirects.items()))
    return _NGINX_MAP.format(lines=_indented(lines), tag=tag) if redirects else ""


def _indented(lines: Iterable[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)


def _nginx_headers(headers: Iterable[tuple[str, str]], *, tag: str) -> str:
    lines = [f"        add_header {name} {_quoted(value)} always;" for name, value in headers]
    hsts = f"        add_header strict-transport-security $broadsheet_hsts{tag} always;"
    return "\n".join([*lines, hsts])


def _caddy_headers(headers: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"\t\t\t\t{name} {_quoted(value)}" for name, value in headers)


_NGINX_BEFORE = """\
upstream broadsheet {{
    server {application};
    keepalive 16;
}}

map $uri $broadsheet_disposition {{
    default attachment;
    "~*\\.({shown})$" "";
}}
"""
_NGINX_SERVER = """\
{redirects}# Said by TLS only; an empty value is not sent.
map $scheme $broadsheet_hsts{tag} {{
    default "";
    https "{hsts}";
}}

server {{
    listen {listen};
    add_header strict-transport-security $broadsheet_hsts{tag} always;
    server_name {name};
    root {pages};
    charset utf-8;
    charset_types text/plain text/xml application/xml application/json;
    gzip_static on;
    # With the modules for them: brotli_static on; zstd_static on;
    etag on;
    absolute_redirect off;
    client_max_body_size 40m;

{moved}    # A page: first, and matched once.
    location ~ ^/(?:[^/.][^/]*/)*$ {{
{page_headers}
        try_files ${{uri}}index.html @application;
    }}

    location / {{
{page_headers}
        # A page's address ends with a slash.
        if (-f $request_filename/index.html) {{
            return 301 $uri/$is_args$args;
        }}
        try_files $uri @application;
    }}
{feeds}
    location /static/ {{
        alias {static}/;
        gzip on;
        gzip_types text/css text/javascript application/javascript image/svg+xml;
        gzip_vary on;
{static_headers}
    }}

    location ~ ^/media/({private})/ {{
        return 404;
    }}

    location /media/ {{
        alias {media}/;
        add_header content-disposition $broadsheet_disposition always;
{media_headers}
    }}

    location ~ /\\.(?!well-known/) {{
        return 404;
    }}

    error_page 404 /404.html;
    location = /404.html {{
{page_headers}
    }}

    location @application {{
        proxy_pass http://broadsheet;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        error_page 502 504 =503 /away.html;
    }}

    # Reloading it sends the form once more.
    location = /away.html {{
        internal;
{away_headers}
    }}
}}
"""
_NGINX_MAP = """\
# Old addresses; write this file again after many have been added.
map $uri $broadsheet_moved{tag} {{
    default "";
{lines}
}}

"""
_NGINX_MOVED = """\
    if ($broadsheet_moved{tag}) {{
        return 301 $broadsheet_moved{tag};
    }}

"""
_NGINX_FEED = """
    location ~ /{name}$ {{
        types {{ }}
        default_type "{media_type}";
{page_headers}
        try_files $uri @application;
    }}
"""
_CADDY = """\
{name} {{
{hsts}
	root * {pages}
	route {{
{redirects}
		@hidden {{
			path */.*
			not path /.well-known/*
		}}
		error @hidden 404
		@private path {private}
		error @private 404

		handle_path /static/* {{
			root * {static}
			encode gzip
			header {{
{static_headers}
			}}
			file_server
		}}

		handle_path /media/* {{
			root * {media}
			@saved not path {shown}
			header @saved Content-Disposition attachment
			header {{
{media_headers}
			}}
			file_server
		}}

		# A page's address ends with a slash.
		@unslashed {{
			path_regexp [^/]$
			file {{path}}/index.html
		}}
		handle @unslashed {{
			@asked expression {{query}} != ""
			redir @asked {{path}}/?{{query}} permanent
			redir {{path}}/ permanent
		}}

		@printed file {{path}}index.html {{path}}
		handle @printed {{
			@written not method GET HEAD
			error @written 405
			header {{
{page_headers}
			}}
{feeds}
			file_server {{
				precompressed br zstd gzip
			}}
		}}

		handle {{
			reverse_proxy {application}
		}}
	}}

	handle_errors {{
		method GET
		@away expression {{err.status_code}} in [502, 503, 504]
		handle @away {{
			# Reloading it sends the form once more.
			rewrite * /away.html
			header {{
{away_headers}
			}}
			file_server {{
				status 503
			}}
		}}
		@missing expression {{err.status_code}} == 404
		handle @missing {{
			rewrite * /404.html
			header {{
{page_headers}
			}}
			file_server {{
				status 404
			}}
		}}
		handle {{
			header Allow "GET, HEAD"
			header {{
{page_headers}
			}}
			respond "{{err.status_code}} {{err.status_text}}" {{err.status_code}}
		}}
	}}
}}
"""
_CADDY_HSTS = """\
\t@tls protocol https
\theader @tls Strict-Transport-Security "{}"
"""
_CADDY_FEED = """\
			@{name} path */{name}
			header @{name} Content-Type "{media_type}"
"""
