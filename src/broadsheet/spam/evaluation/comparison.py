"""Our filter and its peers over the same items, in the same order, by the same protocol."""

from collections.abc import Iterator, Sequence

from broadsheet.spam.evaluation import protocol, report
from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.evaluation.peers import PEERS, SECONDS_PER_MESSAGE, NotInstalled
from broadsheet.spam.filter import SpamFilter


def of(examples: Sequence[Example], *, slow: int) -> Iterator[tuple[str, report.Figures]]:
    """Figures of each filter, ours first; None where one is not installed. The slowest see only `slow` items."""
    yield "Broadsheet", report.figures_of(protocol.run(SpamFilter.empty(), examples))
    for name, build in PEERS.items():
        sample = examples[:slow] if name in SECONDS_PER_MESSAGE else examples
        shown = name if len(sample) == len(examples) else f"{name} (first {len(sample)})"
        try:
            peer = build()
        except NotInstalled as error:
            yield f"{name}: {error} is not installed", {}
            continue
        yield shown, report.figures_of(protocol.run(peer, sample))
