"""Our filter and its peers over the same items, in the same order, by the same protocol."""

from collections.abc import Iterator, Sequence

from broadsheet.spam.evaluation import protocol, report
from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.evaluation.peers import PEERS, NotInstalled
from broadsheet.spam.filter import SpamFilter


def of(examples: Sequence[Example]) -> Iterator[tuple[str, report.Figures]]:
    """Figures of each filter, ours first; None where one is not installed."""
    yield "Broadsheet", report.figures_of(protocol.run(SpamFilter.empty(), examples))
    for name, build in PEERS.items():
        try:
            peer = build()
        except NotInstalled as error:
            yield f"{name}: {error} is not installed", {}
            continue
        yield name, report.figures_of(protocol.run(peer, examples))
