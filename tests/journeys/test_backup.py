"""A newspaper that was backed up while it was served comes back as it was, page for page."""

import subprocess
from pathlib import Path

from tests.journeys.served import Served
from tests.journeys.shell import COMMAND, environment

COUNT = """
from datetime import UTC, datetime
from broadsheet.newsroom import discussed
discussed.bring_up_to_date(datetime.now(UTC))
"""


def broadsheet(*words: str) -> str:
    done = subprocess.run(
        [COMMAND, *words], env=environment(), capture_output=True, text=True, check=True
    )
    return done.stdout


def pages(folder: Path) -> dict[str, bytes]:
    """Every printed page, without the compressed forms."""
    found = (path.relative_to(folder) for path in (folder / "pages").rglob("*") if path.is_file())
    printed = (path for path in found if ".press" not in path.parts)  # the press's own notes
    forms = {".br", ".gz", ".zst"}
    return {str(path): (folder / path).read_bytes() for path in printed if path.suffix not in forms}


def test_a_backup_taken_while_serving_restores_every_page(paper: Served, tmp_path: Path) -> None:
    paper.published_article("The ferry runs again")
    paper.shell(
        COUNT
    )  # what is discussed most is counted every ten minutes, and when a server starts
    backups, new = tmp_path / "backups", tmp_path / "new"

    said = broadsheet("backup", "--site", str(paper.folder), "--to", str(backups))
    assert "files" in said
    assert "all as they were" in broadsheet("verify-backup", str(backups))
    broadsheet("restore-backup", str(backups), "--site", str(new))

    with Served.start(new):
        for folder in (paper.folder, new):
            broadsheet("print", "--site", str(folder), "--all")
        printed = pages(new)
        assert any("article-" in path for path in printed)
        assert printed == pages(paper.folder)
