"""`broadsheet retrain`: build the spam filter anew from the log of decisions."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from broadsheet.learning import trainer


class Command(BaseCommand):
    """Rebuild the model; running servers go on with it within a second."""

    help = "Build the spam filter anew from the log of decisions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--forget-erased",
            action="store_true",
            help="Rebuild though it unlearns what was taught by texts that are erased by now.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        erased = trainer.erased_lessons()
        if erased and not options["forget_erased"]:
            raise CommandError(
                f"{erased} lessons can't be learnt anew, for their texts are erased: what they taught is in the filter alone."
                " Add --forget-erased to rebuild without them."
            )
        first, *further = [trainer.rebuild(paper) for paper in trainer.papers_with_lessons()]
        also = f"; so have those of {len(further)} further newspapers" if further else ""
        self.stdout.write(
            f"The filter has learnt the log anew, up to position {first.position}{also}."
        )
