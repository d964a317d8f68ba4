"""An import is killed in the midst of a batch: whole batches stay, and the same command goes on from there."""

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.journeys import prepared
from tests.journeys.shell import environment
from tests.pure.importers.exports import a_comment, an_export, an_item

ARTICLES = 120
BATCH = 50  # importers.from_wordpress

# Loads Django once; forks an import that is killed while its second batch has articles and no comments yet; then one that is not.
RUNS = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from broadsheet.importers import discussions

def run(*arguments, dies_at=None):
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    calls, whole = [], discussions.bring
    def bring(*args, **kwargs):
        calls.append(1)
        if len(calls) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*args, **kwargs)
    discussions.bring = bring
    call_command("import_wordpress", *arguments, "--no-media", "--ask", "0", stdout=sys.stderr)
    os._exit(0)

print(run(sys.argv[1], dies_at=2), flush=True)
input()
print(run(sys.argv[1], "--report", sys.argv[2]), flush=True)
"""
COUNTS = """SELECT (SELECT count(*) FROM newsroom_articlepage), (SELECT count(*) FROM comments_readercomment),
 (SELECT count(*) FROM wagtailsearch_indexentry_fts WHERE wagtailsearch_indexentry_fts MATCH 'ferry'),
 (SELECT is_unfinished FROM importers_archive)"""
MISCOUNTED = """SELECT count(*) FROM wagtailcore_page above WHERE numchild != (SELECT count(*) FROM wagtailcore_page below
 WHERE below.depth = above.depth + 1 AND substr(below.path, 1, length(above.path)) = above.path)"""


def asked(database: Path, statement: str) -> tuple[int, ...]:
    with closing(sqlite3.connect(database)) as opened:
        found: tuple[int, ...] = opened.execute(statement).fetchone()
    return found


def test_a_killed_import_leaves_whole_batches_and_goes_on(tmp_path: Path) -> None:
    site, export, report = (tmp_path / name for name in ("site", "old.xml", "report.json"))
    prepared.copy_to(site)
    database = site / "broadsheet.db"
    items = (an_item(n, inside=a_comment(n)) for n in range(1, ARTICLES + 1))
    export.write_bytes(an_export(*items))
    surroundings = environment() | {
        "BROADSHEET_SITE": str(site),
        "DJANGO_SETTINGS_MODULE": "broadsheet.web.settings",
    }
    command = [sys.executable, "-c", RUNS, str(export), str(report)]

    with subprocess.Popen(
        command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as runs:
        assert runs.stdin is not None
        assert runs.stdout is not None
        assert int(runs.stdout.readline()) == signal.SIGKILL
        assert asked(database, COUNTS) == (BATCH, BATCH, BATCH, 1)
        assert asked(database, MISCOUNTED) == (0,)
        runs.stdin.write("\n")
        runs.stdin.flush()
        assert int(runs.stdout.readline()) == 0

    assert asked(database, COUNTS) == (ARTICLES, ARTICLES, ARTICLES, 0)
    assert asked(database, MISCOUNTED) == (0,)
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["unexplained"] == []
    assert told["known"] == {"articles": BATCH, "comments": BATCH, "contributors": 1}
