"""A configuration for Caddy 2 that serves the folder itself, with the same headers as our own server. Plain Python."""

from collections.abc import Iterable

from . import policy
from .media import PRIVATE
from .mediatypes import SHOWN
from .proxies import FEED_TYPES, Layout, quoted


def caddy(*layouts: Layout) -> str:
    """A site block for each newspaper, for a Caddyfile (Caddy 2)."""
    return "\n".join(map(_site, layouts))


def _site(layout: Layout) -> str:
    return _CADDY.format(
        redirects="\n".join(
            f"\t\tredir {quoted(path)} {quoted(target)} permanent"
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
            for name, media_type in FEED_TYPES.items()
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


def _caddy_headers(headers: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"\t\t\t\t{name} {quoted(value)}" for name, value in headers)


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

		@printed {{
			not path */gone.html
			file {{path}}index.html {{path}}
		}}
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

		# Was printed, and is withdrawn.
		@withdrawn file {{path}}gone.html {{path}}/gone.html
		error @withdrawn 410

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
		@gone expression {{err.status_code}} == 410
		handle @gone {{
			rewrite * {{path}}/gone.html
			header {{
{page_headers}
			}}
			file_server {{
				precompressed br zstd gzip
				status 410
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
