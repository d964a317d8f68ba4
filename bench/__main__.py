"""`make bench`: run every benchmark, one after the other, and print what each measured. Nothing else should run meanwhile."""

import json
import subprocess
import sys
from pathlib import Path

PARTS = {  # no benchmarks themselves
    *("__init__", "__main__", "comments_site", "daemons", "load", "make_wxr", "nginx", "processes"),
    *("prose", "site"),
}


def names() -> list[str]:
    return sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - PARTS)


def measure(name: str) -> dict[str, object]:
    """What `python -m bench.NAME --json` printed. Raises CalledProcessError."""
    command = [sys.executable, "-m", f"bench.{name}", "--json"]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, object] = json.loads(result.stdout.strip().splitlines()[-1])
    return figures


def main() -> int:
    failed = 0
    for name in names():
        print(f"\nbench.{name}", flush=True)
        try:
            figures = measure(name)
        except (subprocess.CalledProcessError, ValueError, IndexError) as error:
            print(f"  failed: {error}")
            failed += 1
            continue
        for key, value in figures.items():
            print(f"  {key:48} {json.dumps(value)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
