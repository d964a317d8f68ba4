"""`make test`: every check and every test, in the order in which a mistake shows soonest.

DATABASE_URL names a PostgreSQL for the second half; without one, the first half runs alone and says so. CI=true makes
whatever is missing a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import checks
from tests.clients import install
from tests.cluster import machines as cluster
from tests.face import install as instruments
from tests.s3 import swift

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"
OUTSIDE_THE_DATABASE = (
    "tests/pure",
    "tests/journeys",
    "tests/faults",
    "tests/clients",
    "tests/face",
    "tests/cluster",
    "tests/s3",
)


def run(title: str, *arguments: str, **environment: str) -> bool:
    """Run pytest with `arguments`; True when it succeeded. What it prints closes with its own count."""
    print(f"\n=== {title}", flush=True)  # noqa: T201
    return _pytest(arguments, environment).returncode == 0


def run_beside(title: str, *arguments: str, **environment: str) -> bool:
    """The same beside another step: told when it has ended."""
    done = _pytest(arguments, environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(f"\n=== {title}\n{done.stdout}", flush=True)  # noqa: T201
    return done.returncode == 0


def _pytest(
    arguments: Sequence[str], environment: Mapping[str, str], **streams: int
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    surroundings = {**os.environ, **environment}
    return subprocess.run(command, env=surroundings, check=False, text=True, **streams)


def missing(what: str, how: str) -> bool:
    """Say that something is not here; True when that may be."""
    print(f"\n=== Left out: {what}. {how}", flush=True)  # noqa: T201
    return not IN_CI


def database_tests(name: str, *chosen: str, url: str) -> bool:
    ignored = [f"--ignore={folder}" for folder in OUTSIDE_THE_DATABASE]
    return run(f"The database: {name}", "-n", "2", *chosen, *ignored, DATABASE_URL=url)


def postgresql() -> bool:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return missing(
            "the same tests on PostgreSQL", "Name one: DATABASE_URL=postgresql://… make test"
        )
    return database_tests("PostgreSQL", "-m", "database", url=url)


def served() -> bool:
    """All that serves newspapers of its own: faults, a browser's journeys, other people's clients; two files at a time."""
    folders, nothing_is_missing = ["tests/faults"], True
    if shutil.which("chromium") or os.environ.get("CHROMIUM"):
        folders.append("tests/journeys")
    else:
        nothing_is_missing &= missing(
            "the journeys in a browser", "Install Chromium (Debian: apt install chromium)."
        )
    if IN_CI:
        install.main()
    if install.FOLDER.exists():
        folders.append("tests/clients")
    else:
        nothing_is_missing &= missing(
            "real Akismet clients", "Install and run them: make test-clients"
        )
    two_files = ("-n", "2", "--dist", "loadfile")
    passed = run("Faults, journeys in a browser, clients", *two_files, *folders, DATABASE_URL="")
    return passed and nothing_is_missing


def face() -> bool:
    """Lighthouse, axe and the W3C's checker on the demonstration; in CI they are installed first."""
    if not IN_CI and not instruments.NODE_MODULES.exists():
        return missing("budgets of the pages", "Install and run them: make test-face")
    if IN_CI and instruments.main():
        return missing("budgets of the pages", "npm could not install what measures them.")
    return run_beside("The face: budgets of the pages", "tests/face", DATABASE_URL="")


def other_machines() -> bool:
    """What a paper has on machines of its own: an S3-compatible store; three nodes, a standby and a balancer, in the short form."""
    found, nothing_is_missing = [], True
    if IN_CI or swift.is_installed():
        found.append("tests/s3")
    else:
        how = f"Debian: apt install {swift.PACKAGES}"
        nothing_is_missing &= missing("a real S3-compatible store", how)
    if IN_CI or not cluster.lacking():
        found.append("tests/cluster/test_three_nodes.py")
    else:
        nothing_is_missing &= missing("three nodes", f"They need {cluster.lacking()}.")
    groups = ("-n", "2", "--dist", "loadgroup")
    return nothing_is_missing and (
        not found or run_beside("Other machines", *groups, *found, DATABASE_URL="")
    )


def beside(*steps: Callable[[], bool]) -> bool:
    """Steps that mostly wait, each for something else, at the same time; True when all succeeded."""
    with ThreadPoolExecutor(len(steps)) as pool:
        return all(done.result() for done in [pool.submit(step) for step in steps])


def main() -> int:
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="broadsheet-shared-") as shared:
        os.environ["TESTS_SHARE"] = shared
        # Needed by the served ones; made while the checks run, as these use one core.
        with subprocess.Popen([sys.executable, "-m", "tests.journeys.prepared"]):
            code = checks.main()
        return code or tests()


def tests() -> int:
    steps = (
        lambda: run("Pure tests", "tests/pure", "-n", "2"),
        lambda: database_tests("SQLite", url=""),
        postgresql,
        served,
        lambda: beside(face, other_machines),
    )
    failed = [step for step in steps if not step()]  # each runs, whatever failed before it
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
