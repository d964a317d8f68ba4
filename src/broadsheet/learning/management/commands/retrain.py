"""`broadsheet retrain`: build the spam filter anew from the log of decisions."""

from typing import Any

from django.core.management.base import BaseCommand

from broadsheet.learning import trainer


class Command(BaseCommand):
    """Rebuild the model; running servers go on with the one they have, and start with the new one."""

    help = "Build the spam filter anew from the log of decisions."

    def handle(self, *_args: Any, **_options: Any) -> None:
        rebuilt = trainer.rebuild()
        self.stdout.write(f"The filter has learnt the log anew, up to position {rebuilt.position}.")
