"""`broadsheet share-media`: brings what is in `media/` into the store that nodes share."""

from typing import Any

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError

from broadsheet.web.mirror import Mirror


class Command(BaseCommand):
    help = "Brings photos and documents of this machine into the store of [media] to. What was brought already is not sent again."

    def handle(self, *_args: Any, **_options: Any) -> None:
        mirror = storages["default"]
        if not isinstance(mirror, Mirror):
            raise CommandError("There is no store: name one under [media] to in broadsheet.toml.")
        number = 0
        for name in mirror.missing():
            mirror.send(name)
            number += 1
        self.stdout.write(f"{number} files are in the store now.")
