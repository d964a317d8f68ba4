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


TEACH = """
from datetime import UTC, datetime
from broadsheet.learning import log
from broadsheet.learning.log import PastDecision
from broadsheet.learning.models import LoggedJudgement
from broadsheet.spam import Submission
said = [PastDecision(Submission(f"Cheap watches, number {n}"), n % 2 == 0, datetime.now(UTC)) for n in range(12)]
log.record_past_decisions(said)
forgotten = LoggedJudgement.objects.order_by("pk").values_list("pk", flat=True)[:5]
log.erase(judgement_ids=list(forgotten), unlearn=False)
"""
LEARNT = """
from broadsheet.learning.trainer import Follower
follower = Follower()
follower.catch_up()
print(*follower.state())
"""


def broadsheet(*words: str) -> str:
    done = subprocess.run(
        [COMMAND, *words], env=environment(), capture_output=True, text=True, check=True
    )
    return done.stdout


def pages(folder: Path) -> dict[str, bytes]:
    """Every printed page, without the compressed forms."""
    found = (path.relative_to(folder) for path in (folder / "pages").rglob("*") if path.is_file())
    printed = (  # without the press's own notes, and what it is just about to put in place
        path for path in found if ".press" not in path.parts and not path.name.startswith(".new-")
    )
    forms = {".br", ".gz", ".zst"}
    return {str(path): (folder / path).read_bytes() for path in printed if path.suffix not in forms}


def _texts(state: str) -> int:
    """How many texts a filter has learned, of the state `LEARNT` prints."""
    return int(state.split()[0])


def test_a_backup_taken_while_serving_restores_every_page(paper: Served, tmp_path: Path) -> None:
    paper.published_article("The ferry runs again")
    paper.shell(
        COUNT
    )  # what is discussed most is counted every ten minutes, and when a server starts
    known = _texts(paper.shell(LEARNT))  # the journeys before this one taught too
    paper.shell(TEACH)
    backups, new = tmp_path / "backups", tmp_path / "new"

    said = broadsheet("backup", "--site", str(paper.folder), "--to", str(backups))
    assert "files" in said
    assert "all as they were" in broadsheet("verify-backup", str(backups))
    broadsheet("restore-backup", str(backups), "--site", str(new))

    with Served.start(new) as restored:
        learnt = paper.shell(LEARNT)
        assert _texts(learnt) == known + 12
        assert restored.shell(LEARNT) == learnt  # also what erased texts had taught
        for folder in (paper.folder, new):
            broadsheet("print", "--site", str(folder), "--all")
        printed = pages(new)
        assert any("article-" in path for path in printed)
        assert printed == pages(paper.folder)
