"""A WordPress from Debian's package, on a MariaDB of its own, served by PHP; all of it in one folder that can be thrown away.

Debian: apt install --no-install-recommends wordpress mariadb-server php-cli php-mysql
"""

import json
import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = Path("/usr/share/wordpress")
CONTRIB = Path(__file__).resolve().parents[2] / "contrib" / "wordpress"
NEEDED = ("php", "mariadbd", "mariadb-install-db", "mariadb")
STARTS_WITHIN = 60  # seconds

CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', '{address}'); define('WP_SITEURL', '{address}');
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', false); define('AUTOMATIC_UPDATER_DISABLED', true);
define('BROADSHEET_AKISMET', '{service}'); define('WPCOM_API_KEY', '{key}');
define('AUTH_KEY', 'only for tests'); define('NONCE_KEY', 'only for tests');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
# WordPress holds back a second comment within 15 seconds; nothing is asked of wordpress.org.
IN_A_HURRY = """<?php
add_filter('comment_flood_filter', '__return_false');
add_filter('pre_http_request', function ($answer, $arguments, $url) {
    return strpos($url, 'wordpress.org') ? new WP_Error('offline', 'offline') : $answer;
}, 1, 3);
"""
INSTALL = """
define('WP_INSTALLING', true);
require 'wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('The old blog', 'chief', 'chief@old-blog.example', true, '', 'only for tests');
require_once ABSPATH . 'wp-admin/includes/plugin.php';
activate_plugin('akismet/akismet.php');
update_option('comment_moderation', 0);
update_option('comment_previously_approved', 0);
"""


def may_be_left_out() -> bool:
    """Whether its tests are skipped: where it is not installed, but never in CI."""
    return not (is_installed() or os.environ.get("CI") == "true")


def is_installed() -> bool:
    return PACKAGE.exists() and all(shutil.which(program) for program in NEEDED)


@dataclass(frozen=True, slots=True)
class WordPress:
    """A blog that answers at `address`."""

    folder: Path
    address: str

    def php(self, code: str) -> Any:
        """What `code` echoes as JSON, run inside WordPress."""
        result = subprocess.run(
            ["php", "-d", "display_errors=stderr", "-r", code],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout) if result.stdout.strip() else None

    def ask(self, code: str) -> Any:
        return self.php(f"require 'wp-load.php'; echo json_encode({code});")

    def post_comment(self, text: str, *, author: str = "Nadia") -> None:
        """As a visitor does, by the form."""
        form = {
            "comment_post_ID": "1",
            "comment": text,
            "author": author,
            "email": "nadia@example.org",
            "submit": "Post Comment",
        }
        request = urllib.request.Request(  # noqa: S310, our own http:// address
            f"{self.address}/wp-comments-post.php", urllib.parse.urlencode(form).encode()
        )
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=60):
            pass

    def status_of(self, text: str) -> str:
        """`1` is approved, `0` held, or `spam`."""
        found = self.ask(
            "array_column(get_comments(array('status' => 'any,spam', 'type' => 'comment')), 'comment_approved', 'comment_content')"
        )
        return str(found[text])


class _NoRedirect(urllib.request.HTTPErrorProcessor):
    def http_response(self, request: Any, response: Any) -> Any:
        assert response.status == 302, response.read()
        return response


@contextmanager
def served(folder: Path, *, service: str, key: str) -> Iterator[WordPress]:
    """WordPress with the Akismet plugin, asking `service` with `key`."""
    with _database(folder) as database:
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        blog = folder / "blog"
        shutil.copytree(PACKAGE, blog, ignore=shutil.ignore_patterns("wp-config.php", "languages"))
        must_use = blog / "wp-content" / "mu-plugins"
        must_use.mkdir()
        shutil.copy(CONTRIB / "broadsheet-akismet.php", must_use)
        (must_use / "in-a-hurry.php").write_text(IN_A_HURRY)
        (blog / "wp-config.php").write_text(
            CONFIG.format(socket=database, address=address, service=service, key=key)
        )
        wordpress = WordPress(blog, address)
        wordpress.php(INSTALL)
        with _running(["php", "-q", "-S", f"127.0.0.1:{port}", "-t", str(blog)], folder):
            _until(lambda: socket.create_connection(("127.0.0.1", port), 1).close())
            yield wordpress


@contextmanager
def _database(folder: Path) -> Iterator[Path]:
    data, address = folder / "data", folder / "db.sock"
    user = [f"--user={os.environ.get('USER', 'root')}"] if os.getuid() == 0 else []
    subprocess.run(
        [
            "mariadb-install-db",
            "--no-defaults",
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            *user,
        ],
        check=True,
        capture_output=True,
    )
    command = ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={address}"]
    with _running([*command, "--skip-networking", *user], folder):
        ask = ["mariadb", "--no-defaults", f"--socket={address}", "-uroot", "-e"]
        _until(
            lambda: subprocess.run(
                [*ask, "CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4"],
                check=True,
                capture_output=True,
            )
        )
        yield address


@contextmanager
def _running(command: Sequence[str], folder: Path) -> Iterator[None]:
    with (folder / f"{command[0]}.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def _until(attempt: Any) -> None:
    """Try until it raises no more."""
    last: Exception | None = None
    for _ in range(STARTS_WITHIN * 5):
        try:
            attempt()
        except (OSError, subprocess.CalledProcessError, urllib.error.URLError) as error:
            last = error
            subprocess.run(["sleep", "0.2"], check=True)
        else:
            return
    raise AssertionError("it did not start") from last


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
