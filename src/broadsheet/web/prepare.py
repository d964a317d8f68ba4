"""Bring a site's folder and database up to date, before it is served: `python -m broadsheet.web.prepare`.

Prints the path of the set-up page while the site has no administrator, and nothing otherwise. What it is doing goes to stderr.
"""

import hashlib
import os
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import click
import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.web.settings")
    os.environ["BROADSHEET_GATHER_STATIC"] = "1"  # here the hashed names are made
    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415, after setup

    try:
        click.echo(prepare(demonstration="--demonstration" in sys.argv[1:], now=datetime.now(UTC)))
    except DatabaseError as error:
        line = (str(error).strip() or type(error).__name__).splitlines()[0]
        click.echo(f"Error: The database can't be used: {line}", err=True)
        return 1
    except OSError as error:
        click.echo(
            f"Error: Can't prepare the site: {error.strerror or error} ({error.filename}).",
            err=True,
        )
        return 1
    return 0


def prepare(*, demonstration: bool, now: datetime) -> str:
    """Migrate, gather static files, lay the first pages, create BROADSHEET_ADMIN. Returns the set-up path or ""."""
    from django.conf import settings  # noqa: PLC0415, after setup
    from django.core.management import call_command  # noqa: PLC0415

    from broadsheet.learning import adopting  # noqa: PLC0415
    from broadsheet.newsroom import foundation  # noqa: PLC0415
    from broadsheet.press.orders import order_everything  # noqa: PLC0415

    from . import nodes, set_up  # noqa: PLC0415

    _migrate()
    _keep_private(settings.CONFIGURATION.folder / "broadsheet.db")
    adopting.adopt(settings.MODEL_ROOT)
    if _gather_static_files():
        order_everything()  # printed pages refer to style sheets by their hashed names
    with nodes.alone(nodes.Lock.LAYING):
        is_new = foundation.lay(now=now)
        foundation.know_the_address(settings.CONFIGURATION.address)
        set_up.create_administrator(os.environ.get("BROADSHEET_ADMIN", ""))
    if demonstration and is_new:
        click.echo("Drawing and writing the demonstration newspaper …", err=True)
        call_command("demonstration")
    return set_up.link_path()


def _migrate() -> None:
    """Bring the database up to this version. Nodes that start together take turns."""
    from django.core.management import call_command  # noqa: PLC0415, after setup

    from . import nodes  # noqa: PLC0415

    if not _behind_with_migrations():
        return
    with nodes.alone(nodes.Lock.MIGRATING):
        if _behind_with_migrations():
            click.echo("Preparing the database …", err=True)
            call_command("migrate", interactive=False, verbosity=0)


def _keep_private(database: Path) -> None:
    if database.exists():
        database.chmod(0o600)


def _behind_with_migrations() -> bool:
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _gather_static_files() -> bool:
    """Collect static files under hashed names, when they or the templates have changed. True if so."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    marker = Path(settings.STATIC_ROOT) / ".gathered"
    wanted = _fingerprint(own_templates=settings.CONFIGURATION.folder / "templates")
    if marker.exists() and marker.read_text(encoding="ascii") == wanted:
        return False
    click.echo("Gathering style sheets and scripts …", err=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    marker.write_text(wanted, encoding="ascii")
    return True


def _fingerprint(*, own_templates: Path) -> str:
    """Changes when a package's version, a template, a translation, a static file of ours or the owner's theme.css does."""
    from broadsheet.newsroom import stylesheet  # noqa: PLC0415, after setup

    package = Path(__file__).resolve().parent.parent
    files = [
        *package.glob("*/static/**/*"),
        *package.glob("*/templates/**/*"),
        *package.glob("locale/**/*.mo"),
        *own_templates.glob("**/*"),
    ]
    parts = [f"{name} {metadata.version(name)}" for name in ("broadsheet", "wagtail", "django")]
    parts += sorted(
        f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for path in files
        if path.is_file()
    )
    parts.append(stylesheet.joined(stylesheet.sources()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
