"""Every check that runs no test: `python -m tests.checks`. Prints each command; stops at the first failure."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("lint-imports",),
    ("mypy",),
    ("djlint", "src", "--lint", "--quiet"),
)


def djhtml_check() -> tuple[str, ...]:
    return ("djhtml", "--check", "--tabwidth", "2", *map(str, sorted(Path("src").rglob("*.html"))))


def environment(folder: str) -> dict[str, str]:
    """Django's checks need a site; a throwaway one does."""
    return os.environ | {
        "BROADSHEET_SITE": folder,
        "BROADSHEET_SECRET_KEY": "only-for-checks-" * 4,
        "DJANGO_SETTINGS_MODULE": "broadsheet.web.settings",
        "DATABASE_URL": "",
    }


def main() -> int:
    os.chdir(ROOT)
    django = (str(BIN / "python"), "-m", "django")
    with tempfile.TemporaryDirectory() as folder:
        for command in (
            *((str(BIN / check[0]), *check[1:]) for check in (*CHECKS, djhtml_check())),
            (*django, "makemigrations", "--check", "--dry-run"),
            (*django, "check"),
        ):
            print("→", Path(command[0]).name, *command[1:4], flush=True)  # noqa: T201
            result = subprocess.run(command, env=environment(folder), check=False)
            if result.returncode:
                return result.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
