"""Install the client libraries that tests/clients drives: `python -m tests.clients.install`. They go into .clients/.

Two Python packages share the module name `akismet`, so each has a folder of its own.
"""

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".clients"
PYTHON = {"akismet": "akismet==25.10.1", "python-akismet": "python-akismet==0.4.3"}
NODE = ("akismet-api@6.0.0", "@cedx/akismet@16.2.1")


def install_python(name: str) -> None:
    target = FOLDER / name
    if not target.exists():
        needs = [PYTHON[name], *(["requests"] if name == "python-akismet" else [])]
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(target), *needs]
        subprocess.run(command, check=True)


def install_node() -> None:
    npm = shutil.which("npm")
    if npm and not (FOLDER / "node" / "node_modules").exists():
        (FOLDER / "node").mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", ".", *NODE]
        subprocess.run(command, cwd=FOLDER / "node", check=True)


def main() -> int:
    for name in PYTHON:
        install_python(name)
    install_node()
    return 0


if __name__ == "__main__":
    sys.exit(main())
