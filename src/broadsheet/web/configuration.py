"""A site is one folder; `broadsheet.toml` in it says what differs from the defaults. Plain Python.

The environment wins over the file, so that a container needs no file at all:
`DATABASE_URL`, `BROADSHEET_ADDRESS`, `BROADSHEET_SECRET_KEY`, `EMAIL_URL`, `HOST`, `PORT`, `TRUSTED_PROXIES`,
`BROADSHEET_DRAIN`, `BROADSHEET_LOG`, `METRICS_NETWORKS`, `METRICS_TOKEN`, `CLOUDFLARE_TOKEN`,
`BROADSHEET_BACKUP_KEY`, `MEDIA_TO`, `STATIC_ORIGINS`.
"""

import ipaddress
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from . import cdn
from .cdn import Cdn, CdnError
from .starting_file import STARTING_FILE

FILE_NAME = "broadsheet.toml"
SECRET_FILE_NAME = "secret-key"  # noqa: S105, a file's name

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ConfigurationError(ValueError):
    """The site's settings can't be used; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the operator decides about a site, read once when a process starts."""

    folder: Path
    secret_key: str
    address: str  # the public base, "https://paper.example", without a slash; "" until it is known
    database_url: str
    host: str
    port: int  # 0: a free one from the kernel
    email_url: str  # smtp://user:password@host:port, smtps://…, or "" (mail is written to the log)
    email_from: str
    trusted_proxies: tuple[Network, ...]
    drain: int  # seconds between "I am leaving" at /healthz and the end
    log_format: str  # "line" or "json"
    log_personal_data: bool  # whether lines may name readers' addresses
    metrics_networks: tuple[Network, ...]  # who may read /metrics
    metrics_token: str  # or who knows this; "" for nobody
    backup_to: str  # a folder or s3://bucket/prefix that the background process backs up to, once a day; "": nowhere
    backup_keep: int  # how many snapshots it keeps; 0: all
    backup_key: str = field(default="", repr=False)  # seals backups; "": they are not sealed
    media_to: str = (
        ""  # s3://bucket/prefix, where nodes share photos and documents; "": each has its own
    )
    cdn: Cdn = field(default_factory=Cdn)  # caches in front
    static_origins: tuple[str, ...] = ()  # where static copies stand whose forms are taken

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def pages(self) -> Path:
        return self.folder / "pages"


# section → key → type; whatever else stands in the file is a mistake that we name
KNOWN: Mapping[str, Mapping[str, type | tuple[type, ...]]] = {
    "site": {"address": str, "static_origins": list},
    "server": {"host": str, "port": int, "trusted_proxies": list, "drain": int},
    "database": {"url": str},
    "mail": {"url": str, "from": str},
    "log": {"format": str, "personal_data": bool},
    "metrics": {"networks": list, "token": str},
    "backup": {"to": str, "keep": int, "key_file": str},
    "media": {"to": str},
    "cdn": cdn.KEYS,
}
_USUAL_PORTS = {"http": 80, "https": 443}
LOOPBACK = ["127.0.0.0/8", "::1/128"]


def create_missing(folder: Path) -> None:
    """Make the site's folder, its settings file, and its secret key, where they are not there yet."""
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)  # web servers pass through to pages/
        for name in ("media", "pages"):
            (folder / name).mkdir(exist_ok=True)
        settings_file = folder / FILE_NAME
        if not settings_file.exists():
            settings_file.touch(mode=0o600)  # it may hold passwords
            settings_file.write_text(STARTING_FILE, encoding="utf-8")
        secret_file = folder / SECRET_FILE_NAME
        if not secret_file.exists():
            secret_file.touch(mode=0o600)
            secret_file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    except FileExistsError as error:
        raise ConfigurationError(f"{error.filename} is a file; a site needs a folder.") from error
    except OSError as error:
        raise ConfigurationError(
            f"Can't create the site in {folder}: {error.strerror} ({error.filename})."
        ) from error


def read(folder: Path, environment: Mapping[str, str]) -> Configuration:
    """Settings of the site in `folder`, with the environment's words on top.

    Raises ConfigurationError when the file is missing, malformed, or says something unknown.
    """
    folder = folder.resolve()
    file = _read_file(folder / FILE_NAME)
    site, server = file.get("site", {}), file.get("server", {})
    log, metrics, backup = (file.get(name, {}) for name in ("log", "metrics", "backup"))
    return Configuration(
        folder=folder,
        secret_key=environment.get("BROADSHEET_SECRET_KEY") or _read_secret(folder),
        address=_address(environment.get("BROADSHEET_ADDRESS") or site.get("address", "")),
        database_url=_database_url(
            environment.get("DATABASE_URL") or file.get("database", {}).get("url", ""), folder
        ),
        host=environment.get("HOST") or server.get("host", "127.0.0.1"),
        port=_port(environment.get("PORT") or server.get("port", 8000)),
        email_url=_email_url(environment.get("EMAIL_URL") or file.get("mail", {}).get("url", "")),
        email_from=environment.get("EMAIL_FROM") or file.get("mail", {}).get("from", ""),
        trusted_proxies=_networks(
            "trusted_proxies", environment.get("TRUSTED_PROXIES"), server.get("trusted_proxies", [])
        ),
        drain=_seconds(environment.get("BROADSHEET_DRAIN") or server.get("drain", 0)),
        log_format=_log_format(environment.get("BROADSHEET_LOG") or log.get("format", "line")),
        log_personal_data=log.get("personal_data", False),
        metrics_networks=_networks(
            "networks", environment.get("METRICS_NETWORKS"), metrics.get("networks", LOOPBACK)
        ),
        metrics_token=environment.get("METRICS_TOKEN") or metrics.get("token", ""),
        backup_to=_place(backup.get("to", "")),
        backup_key=environment.get("BROADSHEET_BACKUP_KEY")
        or _backup_key(backup.get("key_file", ""), folder),
        backup_keep=max(0, backup.get("keep", 14)),
        media_to=_store(environment.get("MEDIA_TO") or file.get("media", {}).get("to", "")),
        cdn=_cdn(file.get("cdn", {}), environment),
        static_origins=_origins(environment.get("STATIC_ORIGINS"), site.get("static_origins", [])),
    )


def _place(value: str) -> str:
    """A folder by its whole path, or `s3://bucket/prefix`."""
    return value if not value or value.startswith("s3://") else str(Path(value).resolve())


def _store(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme != "s3" or not parts.netloc):
        raise ConfigurationError(f"to in [media] must look like s3://bucket/prefix, not {value!r}.")
    return value


def _backup_key(file: str, folder: Path) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8").strip() if file else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"key_file in [backup] can't be read: {error}.") from error


def _cdn(section: Mapping[str, Any], environment: Mapping[str, str]) -> Cdn:
    try:
        return cdn.read(section, environment)
    except CdnError as error:
        raise ConfigurationError(str(error)) from error


def _read_file(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}.") from error
    except OSError as error:
        raise ConfigurationError(f"Can't read {path}: {error.strerror}.") from error
    for section, content in data.items():
        if section not in KNOWN or not isinstance(content, dict):
            known = ", ".join(f"[{name}]" for name in KNOWN)
            raise ConfigurationError(
                f"{path}: unknown section or key {section!r}; known are {known}."
            )
        for key, value in content.items():
            _check_key(path, section, key, value)
    return data


def _check_key(path: Path, section: str, key: str, value: object) -> None:
    expected = KNOWN[section].get(key)
    if expected is None:
        known = ", ".join(KNOWN[section])
        raise ConfigurationError(f"{path}: unknown key {key!r} in [{section}]; known are {known}.")
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        name = expected.__name__ if isinstance(expected, type) else "value"
        raise ConfigurationError(f"{path}: {key} in [{section}] must be a {name}, not {value!r}.")


def _read_secret(folder: Path) -> str:
    path = folder / SECRET_FILE_NAME
    try:
        secret = path.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{folder} is not a site yet: run `broadsheet serve --site {folder}` to create it."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"Can't read {path}: {error}.") from error
    if len(secret) < 32:
        raise ConfigurationError(
            f"{path} is too short to be a secret; delete it to have a new one made."
        )
    return secret


def _address(value: str) -> str:
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        raise ConfigurationError(
            f"The site's address must look like https://paper.example, not {value!r}."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _origins(said: str | None, otherwise: list[str]) -> tuple[str, ...]:
    """As browsers write them: those of the environment, separated by commas, or those of the file."""
    return tuple(_origin(value) for value in (said.split(",") if said else otherwise))


def _origin(value: str) -> str:
    try:
        parts = urlsplit(value.strip())
        host, port = parts.hostname or "", parts.port
    except (ValueError, AttributeError):
        parts, host, port = urlsplit(""), "", None
    rest = parts.path.strip("/") + parts.query + parts.fragment + (parts.username or "")
    if parts.scheme not in _USUAL_PORTS or not host or rest:
        raise ConfigurationError(
            f"static_origins must be addresses such as https://www.paper.example, not {value!r}."
        )
    host = f"[{host}]" if ":" in host else host
    is_usual = port in {None, _USUAL_PORTS[parts.scheme]}
    return f"{parts.scheme}://{host}" + ("" if is_usual else f":{port}")


def _database_url(value: str, folder: Path) -> str:
    if not value:
        return f"sqlite:///{folder / 'broadsheet.db'}"
    if urlsplit(value).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ConfigurationError(
            "The database's address must begin with postgresql:// or sqlite:///."
        )
    return value


def _email_url(value: str) -> str:
    if value and urlsplit(value).scheme not in {"smtp", "smtps"}:
        raise ConfigurationError("The mail server's address must begin with smtp:// or smtps://.")
    return value


def _port(value: str | int) -> int:
    try:
        port = int(value)
    except ValueError as error:
        raise ConfigurationError(
            f"The port must be a number from 0 to 65535, not {value!r}."
        ) from error
    if not 0 <= port <= 65535:
        raise ConfigurationError(f"The port must be a number from 0 to 65535, not {port}.")
    return port


def _seconds(value: str | int) -> int:
    if not str(value).isdecimal() or int(value) > 300:
        raise ConfigurationError(f"drain must be a number of seconds up to 300, not {value!r}.")
    return int(value)


def _log_format(value: str) -> str:
    if value not in {"line", "json"}:
        raise ConfigurationError(f'The log\'s format must be "line" or "json", not {value!r}.')
    return value


def _networks(key: str, said: str | None, otherwise: list[str]) -> tuple[Network, ...]:
    """Those of the environment, separated by commas, or those of the file."""
    try:
        values = said.split(",") if said else otherwise
        return tuple(ipaddress.ip_network(value.strip(), strict=False) for value in values)
    except (ValueError, AttributeError) as error:
        raise ConfigurationError(f"{key} must be networks such as 10.0.0.0/8: {error}.") from error
