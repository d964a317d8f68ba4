"""An archive makes the same site anew: in an empty folder, by the commands that an operator uses."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from broadsheet.exporters.restoring import UnusableArchive, media_names
from broadsheet.web import configuration, restored
from broadsheet.web.configuration import ConfigurationError
from tests.importers.builders import uploads
from tests.pure.importers.exports import a_comment, an_attachment, an_author, an_export, an_item

FILL = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth import get_user_model
from broadsheet.newsroom import foundation
now = datetime(2026, 5, 4, 10, tzinfo=UTC)
foundation.lay(now=now)
get_user_model().objects.create_superuser("mara", password="a long pass phrase")
call_command("import_wordpress", {export!r}, "--media", {media!r}, stdout=sys.stderr)
from broadsheet.newsroom.models import ArticlePage
page = ArticlePage.objects.order_by("pk").last()
page.title = "Edited here"
page.save_revision().publish()
"""
PRINTED = """
import django, json
django.setup()
from broadsheet.press import extent, tree
from broadsheet.press.printing import page_for
pages = {}
for path in sorted(set(extent.all_paths(tree.paper()))):
    page = page_for(path)
    if page is not None:
        pages[path] = page.body.decode("utf-8", "replace")
print(json.dumps(pages))
"""


def broadsheet(site: Path, *command: str) -> str:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"BROADSHEET_SECRET_KEY", "DATABASE_URL", "BROADSHEET_ADDRESS"}
    }
    environment |= {
        "BROADSHEET_SITE": str(site),
        "DJANGO_SETTINGS_MODULE": "broadsheet.web.settings",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def the_command(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-c", "from broadsheet.web.command import main; main()", *words)


def test_every_printed_page_of_the_restored_site_is_the_same(tmp_path: Path) -> None:
    export, media = tmp_path / "export.xml", uploads(tmp_path, "pier.jpg")
    export.write_bytes(
        an_export(
            an_author(),
            an_attachment(7, "https://old.example/wp-content/uploads/pier.jpg"),
            an_item(
                1,
                content='Late <b>again</b>. <img class="wp-image-7" src="/pier.jpg">',
                inside=a_comment(5),
            ),
            an_item(2, title="Second"),
        )
    )
    old, new, archive = tmp_path / "old", tmp_path / "new", tmp_path / "paper.zip"
    configuration.create_missing(old)
    fill = FILL.format(export=str(export), media=str(media))
    before = broadsheet(old, sys.executable, "-c", fill + PRINTED)

    broadsheet(old, *the_command("export", "archive", str(archive)))
    broadsheet(new, *the_command("restore", str(archive), "--site", str(new)))

    assert broadsheet(new, sys.executable, "-c", PRINTED) == before
    assert "Edited here" in archive_text(archive)
    assert (new / "secret-key").read_bytes() == (old / "secret-key").read_bytes()
    assert archive.stat().st_mode & 0o077 == 0


def archive_text(archive: Path) -> str:
    with ZipFile(archive) as found:
        return found.read("rows/wagtailcore.page.jsonl").decode()


def test_a_folder_that_is_not_empty_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "note").touch()

    with pytest.raises(ConfigurationError, match="not empty"):
        restored.lay_folder(tmp_path, tmp_path / "paper.zip")


@pytest.mark.parametrize(
    "name", ["../evil", "media/../../evil", "/etc/evil", "media\\..\\evil"], ids=str
)
def test_a_name_that_leads_out_of_the_media_folder_is_refused(tmp_path: Path, name: str) -> None:
    with ZipFile(tmp_path / "paper.zip", "w") as archive:
        archive.writestr(name, "x")

    with ZipFile(tmp_path / "paper.zip") as archive, pytest.raises(UnusableArchive):
        media_names(archive)
