"""nginx beside ours: plain, with our headers, and as `broadsheet proxy nginx` sets it up."""

import os
from pathlib import Path

from .processes import free_port

FILES_KEPT_OPEN = "open_file_cache max=10000 inactive=60s; open_file_cache_valid 1s;"


def command(folder: Path, name: str, server: str) -> list[str]:
    user = "user root;" if os.getuid() == 0 else ""
    configuration = folder / f"{name}.conf"
    configuration.write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/{name}.pid; error_log {folder}/{name}.log;\n"
        "events { worker_connections 512; }\n"
        "http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; "
        f"include /etc/nginx/mime.types;\n{server}\n}}\n"
    )
    return ["nginx", "-c", str(configuration)]


def plain(folder: Path, port: int, more: str = FILES_KEPT_OPEN) -> str:
    return (
        f"server {{ listen 127.0.0.1:{port}; root {folder / 'pages'}; gzip_static on; etag on; {more} "
        "location / { index index.html; } }"
    )


def with_our_headers(folder: Path, port: int) -> str:
    """Plain, but for what our pages tell browsers: what remains is what our configuration costs beyond them."""
    from broadsheet.press import policy  # noqa: PLC0415

    headers = [*policy.security_headers("/"), ("cache-control", policy.PAGE_CACHING)]
    added = "".join(f'add_header {name} "{value}" always; ' for name, value in headers)
    return plain(folder, port, f"{FILES_KEPT_OPEN} gzip_vary on; {added}")


def configured(folder: Path, port: int) -> str:
    from broadsheet.press.nginx import nginx  # noqa: PLC0415
    from broadsheet.press.proxies import Layout  # noqa: PLC0415

    return nginx(
        Layout(
            name="localhost",
            listen=f"127.0.0.1:{port}",
            pages=folder / "pages",
            static=folder / "static",
            media=folder / "media",
            application=f"127.0.0.1:{free_port()}",  # nobody is there: reading needs nobody
            redirects={},
        )
    )
