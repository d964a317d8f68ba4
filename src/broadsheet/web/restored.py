"""The folder of a site that is made of an archive: with the secret key and the address of the old one. Plain Python."""

import json
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from . import configuration
from .configuration import ConfigurationError
from .starting_file import STARTING_FILE

_LONGEST = 4 * 1024 * 1024  # bytes of the manifest


def lay_folder(folder: Path, archive: Path) -> None:
    """Make the folder. Raises ConfigurationError where a site is already, or for what is no archive."""
    if folder.exists() and any(folder.iterdir()):
        raise ConfigurationError(f"{folder} is not empty: an archive makes a new site.")
    try:
        with ZipFile(archive) as found:
            with found.open("manifest.json") as file:
                manifest = json.loads(file.read(_LONGEST))
            with found.open("site/secret-key") as file:
                secret = file.read(1000).decode("ascii")
        address = str(manifest["address"])
    except (BadZipFile, KeyError, ValueError, TypeError, RecursionError) as error:
        raise ConfigurationError(f"{archive} is no archive of Broadsheet.") from error
    except OSError as error:
        raise ConfigurationError(f"Can't read {archive}: {error.strerror}.") from error
    configuration.create_missing(folder)
    (folder / configuration.SECRET_FILE_NAME).write_text(secret, encoding="ascii")
    if address:
        line = f"address = {json.dumps(address)}"
        written = STARTING_FILE.replace('# address = "https://paper.example"', line)
        (folder / configuration.FILE_NAME).write_text(written, encoding="utf-8")
