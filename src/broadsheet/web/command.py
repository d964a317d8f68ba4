"""The `broadsheet` command. Ours are listed below; every other word is handed to Django's own commands."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from . import configuration, restored, serving
from .backup import commands
from .configuration import Configuration, ConfigurationError

# our words → the Django command that does it, and its line in `broadsheet --help`
DJANGO_COMMANDS: dict[str, tuple[str, str]] = {
    "print": ("print", "Print the paper anew, or as files for a static host."),
    "proxy": ("proxy", "Write a configuration of nginx, Caddy, Varnish."),
    "newsletter-bounces": (
        "newsletter_bounces",
        "Mark readers whose newsletters came back.",
    ),
    "share-media": ("share_media", "Bring photos into the store that nodes share."),
    "retrain": ("retrain", "Rebuild the spam filter's model from the log."),
    "create-admin": ("createsuperuser", "Create one more administrator."),
}
IMPORTS: dict[str, tuple[str, str]] = {
    "wordpress": (
        "import_wordpress",
        "Take over a WordPress export (WXR).",
    ),
    "disqus": ("import_comments disqus", "Take over the comments of a Disqus export."),
    "isso": ("import_comments isso", "Take over the comments of Isso's database."),
    "remark42": ("import_comments remark42", "Take over the comments of a Remark42 backup."),
    "commento": ("import_comments commento", "Take over the comments of a Commento export."),
    "ghost": ("import_stories ghost", "Take over a Ghost export (JSON)."),
    "markdown": ("import_stories markdown", "Take over a folder of Hugo, Jekyll or Pelican."),
    "feed": ("import_stories feed", "Take over what an RSS or Atom file holds."),
}


EXPORTS: dict[str, tuple[str, str]] = {
    "archive": ("export_archive", "Write everything into one archive, for `broadsheet restore`."),
    "wordpress": ("export_wxr", "Write a WordPress export (WXR 1.2)."),
}
HELP_OPTIONS = {"-h", "--help"}
SITE_HELP = (
    "The site's folder (default: $BROADSHEET_SITE, or the current folder when it is a site)."
)


def default_site() -> Path | None:
    """BROADSHEET_SITE, or the folder that we are in when it is a site."""
    if os.environ.get("BROADSHEET_SITE"):
        return Path(os.environ["BROADSHEET_SITE"])
    here = Path.cwd()
    return here if (here / configuration.FILE_NAME).exists() else None


def site_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--site",
        type=click.Path(path_type=Path, file_okay=False),
        help=SITE_HELP,
    )(command)


def configured(site: Path | None, *, create: bool, **overrides: str | None) -> Configuration:
    """The site's configuration, with the command's own options on top. Exits with one line when it is wrong."""
    folder = site or default_site()
    if folder is None:
        raise click.UsageError(
            "Say which site: --site DIR (it is created by `broadsheet serve --site DIR`)."
        )
    environment = os.environ | {
        name: value for name, value in overrides.items() if value is not None
    }
    try:
        if create:
            configuration.create_missing(folder)
        elif not folder.is_dir():
            raise ConfigurationError(
                f"There is no site in {folder}: `broadsheet serve --site {folder}` creates one."
            )
        found = configuration.read(folder, environment)
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error
    os.environ["BROADSHEET_SITE"] = str(found.folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.web.settings")
    return found


def run_django(arguments: Sequence[str]) -> None:
    """Run a Django command in this process; its errors are one line each."""
    serving.run_django(arguments)


class Broadsheet(click.Group):
    """Hands the words that are not ours to Django."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or django_command(
            cmd_name, cmd_name, "One of Django's commands."
        )


def django_command(name: str, django_name: str, line: str) -> click.Command:
    """A command of ours that passes everything but --site on to Django's `django_name`."""

    @click.command(
        name,
        help=line,
        short_help=line,
        context_settings={"ignore_unknown_options": True, "help_option_names": []},
    )
    @site_option
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def command(site: Path | None, arguments: tuple[str, ...]) -> None:
        with contextlib.ExitStack() as stack:
            asks_for_help = bool(HELP_OPTIONS & set(arguments))
            if asks_for_help:  # Django's ends the process, and knows nothing of ours
                stack.callback(click.echo, f"\n  --site DIR  {SITE_HELP}")
            without = asks_for_help and not (site or default_site())
            if without:  # help needs no site of one's own
                site = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            found = configured(site, create=without)
            if name == "print" and not asks_for_help:
                serving.gather_what_pages_need(found)
            run_django([*django_name.split(), *arguments])

    return command


@click.group(
    cls=Broadsheet,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Every other word is one of Django's commands: `broadsheet help --site DIR` lists them.",
)
@click.version_option(package_name="broadsheet")
def main() -> None:
    """Broadsheet publishes an independent newspaper from one folder."""


@main.command(short_help="Create what is missing in a site, and serve it.")
@site_option
@click.option("--host", help="The address to listen on (default: broadsheet.toml's, or 127.0.0.1).")
@click.option(
    "--port",
    help="The port to listen on; 0 takes a free one (default: broadsheet.toml's, or 8000).",
)
def serve(site: Path | None, host: str | None, port: str | None) -> None:
    """Create what is missing in the site's folder, and serve it until Ctrl-C or SIGTERM."""
    sys.exit(serving.serve(configured(site, create=True, HOST=host, PORT=port)))


@main.command(short_help="Serve a site that begins as the demonstration.")
@site_option
def demo(site: Path | None) -> None:
    """Serve a site; a new one begins with the demonstration newspaper."""
    sys.exit(serving.serve(configured(site, create=True), demonstration=True))


@main.command(short_help="Serve only the spam service for other sites, without a newspaper.")
@site_option
def spam_service(site: Path | None) -> None:
    """Serve the Akismet-compatible spam service and its operator's pages, and nothing else."""
    sys.exit(serving.serve_spam_service(configured(site, create=True)))


@main.command(short_help="Do the background work only.")
@site_option
def work(site: Path | None) -> None:
    """Do the background work only. `serve` includes it; a further process is for larger installations."""
    configured(site, create=False)
    sys.exit(serving.work())


@main.command(short_help="Keep a snapshot of the site in a folder of backups.")
@site_option
@click.option(
    "--to",
    default="",
    help="A folder of backups or s3://bucket/prefix (default: [backup] to); what is in it already is not copied again.",
)
@click.option(
    "--keep", type=click.IntRange(min=0), default=0, help="How many snapshots to keep (0: all)."
)
def backup(site: Path | None, to: str, keep: int) -> None:
    """Keep a snapshot of the site, which may be served meanwhile, in a folder of backups or on S3. With a key it is sealed."""
    found = configured(site, create=False)
    if not (to or found.backup_to):
        raise click.UsageError("Say where: --to FOLDER or --to s3://bucket/prefix.")
    commands.backup(found, to or found.backup_to, keep=keep)


main.add_command(commands.verify_backup)
main.add_command(commands.restore_backup)


@main.command(short_help="Move the site's database from SQLite to PostgreSQL.")
@site_option
@click.option("--to", required=True, help="The new, empty database: postgresql://user@host/name.")
@click.option("--switch", is_flag=True, help="Have broadsheet.toml name it afterwards.")
def move_database(site: Path | None, to: str, *, switch: bool) -> None:
    """Copy the database into an empty PostgreSQL. Readers go on reading; comments and edits have to wait."""
    from .moving import commands as moving  # noqa: PLC0415, it loads PostgreSQL's client

    moving.move_database(configured(site, create=False), to, switch=switch)


@main.group(name="import", short_help="Move in from another system.")
def import_() -> None:
    """Move in from another system."""


@main.group(short_help="Move out, whole.")
def export() -> None:
    """Move out, whole: into an archive, or to WordPress. `broadsheet print --all --to DIR` writes a static site."""


@main.command(short_help="Make a site of an archive.")
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.argument("archive", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(site: Path, archive: Path) -> None:
    """Make a new site of an archive that `broadsheet export archive` wrote."""
    try:
        restored.lay_folder(site, archive)
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error
    configured(site, create=False)
    run_django(["migrate", "-v0"])
    run_django(["restore_archive", str(archive)])


for _name, (_django_name, _line) in DJANGO_COMMANDS.items():
    main.add_command(django_command(_name, _django_name, _line))
for _name, (_django_name, _line) in IMPORTS.items():
    import_.add_command(django_command(_name, _django_name, _line))
for _name, (_django_name, _line) in EXPORTS.items():
    export.add_command(django_command(_name, _django_name, _line))
