"""What this machine needs to be seven."""

import os
import shutil

from tests.cluster import databases, network
from tests.s3 import swift

PROGRAMS = ("haproxy", "ip", "nsenter", "setpriv")


def lacking() -> str:
    """What it lacks, in words; "" if nothing."""
    if not network.may_be_made():
        return "root, who makes networks"
    path = f"{os.environ['PATH']}:/usr/sbin"
    found = [name for name in PROGRAMS if not shutil.which(name, path=path)]
    found += [] if databases.is_installed() else ["postgresql"]
    found += [] if swift.is_installed() else ["swift"]
    return ", ".join(found)
