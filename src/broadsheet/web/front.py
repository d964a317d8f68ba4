"""The server's process: `python -m broadsheet.web.front`, started by `serve`. Granian forks, so no thread may run here before."""

import os
import sys

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from broadsheet.press.orphans import end_with_parent


def main() -> int:
    end_with_parent()
    Server(
        "broadsheet.web.rsgi:application",
        address=os.environ["HOST"],
        port=int(os.environ["PORT"]),
        interface=Interfaces.RSGI,
        loop=Loops.uvloop if sys.platform != "win32" else Loops.asyncio,
        workers=1,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=3,  # seconds, less than the supervisor waits
        respawn_failed_workers=True,
    ).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
