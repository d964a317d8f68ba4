"""Where in a submission the log-odds come from: every feature's share, put back on the characters it was read from."""

from dataclasses import dataclass

import numpy as np

from broadsheet.spam import circumstances, features, jury
from broadsheet.spam.features import Family, Features
from broadsheet.spam.model import Model, emphasised, left_of
from broadsheet.spam.reading import LocatedReading


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log-odds for spam, shared out; they add up to the verdict, but for the biases."""

    text: np.ndarray  # of each character of Reading.text
    head: np.ndarray  # of each character of Reading.head
    circumstances: dict[str, float]  # of each named fact


def weigh(reading: LocatedReading, found: Features, model: Model) -> Evidence:
    """Of what features.count found in the reading."""
    loudness = _loudness(model, found)
    effect = _effects(loudness, found)
    circumstances_found = circumstances.names(reading)
    ordered = features.in_order(reading, circumstances_found)
    shares = [
        _shares(features.slots_of(family, hashes), family, model, effect)
        for family, hashes in zip(Family, ordered, strict=True)
    ]
    whole = np.zeros(len(reading.head) + 1 + len(reading.text))
    text_begins = len(reading.head) + 1 if reading.head else 0
    _add_raw(whole, reading, shares[Family.RAW])
    text = whole[text_begins : text_begins + len(reading.text)]
    seen = np.zeros(len(reading.seen.origin))
    _spread(seen, np.flatnonzero(reading.seen.letters()[1]), shares[Family.FOLDED][1:-1], 3)
    _spread(seen, np.arange(len(seen)), shares[Family.SHAPE], 4)
    _add_words(seen, text, reading, shares[Family.WORDS])
    np.add.at(text, reading.seen.origin, seen)
    names = {circumstances.length(reading): float(loudness[jury.LENGTHS] @ found.lengths)}
    for name, share in zip(circumstances_found, shares[Family.CIRCUMSTANCES], strict=True):
        names[name] = names.get(name, 0.0) + float(share)
    for name in circumstances.known_log_odds(circumstances_found):
        names[name] += model.known(features.known_of([name]))
    return Evidence(text, whole[: len(reading.head)] if reading.head else whole[:0], names)


def _loudness(model: Model, found: Features) -> np.ndarray:
    """What one unit of each opinion does to the log-odds, float64, jury.OPINIONS."""
    opinions = model.opinions(found).astype(np.float64)
    safe = np.where(np.abs(opinions) < 1e-9, 1e-9, opinions)
    return np.asarray(jury.squash(safe) / safe * model.jury.weights[:-1])


def _effects(loudness: np.ndarray, found: Features) -> np.ndarray:
    """The same of a feature's weight, by learner (linear, counting, emphasis, hearsay) and family."""
    learners = loudness[: jury.EMPHASIS].reshape(2, -1)
    both = np.repeat(loudness[[jury.EMPHASIS, -1]], len(Family)).reshape(2, -1)
    return np.asarray(np.concatenate((learners, both)) * found.scales)


def _shares(slots: np.ndarray, family: Family, model: Model, effect: np.ndarray) -> np.ndarray:
    """Each occurrence's share of the log-odds: a feature that occurs twice counts once, half for each."""
    if not len(slots):
        return np.zeros(0)
    _, inverse, counts = np.unique(slots, return_inverse=True, return_counts=True)
    weights, ham, spam, hearsay = model.table[slots].T
    known = model.counting.evidence(ham, spam)
    heard = left_of(hearsay, ham, spam)
    learned = np.stack((weights, known, emphasised(weights, known), heard))
    return np.asarray(effect[:, family] @ learned / counts[inverse])


def _spread(target: np.ndarray, places: np.ndarray, shares: np.ndarray, length: int) -> None:
    """Give each of `length` places in a row from i on an equal part of shares[i]."""
    if len(places) < length:
        if len(places):
            target[places] += shares.sum() / len(places)
        return
    count = min(len(shares), len(places) - length + 1)
    for step in range(length):
        np.add.at(target, places[step : step + count], shares[:count] / length)
    np.add.at(target, places[-1:], shares[count:].sum())


def _add_raw(whole: np.ndarray, reading: LocatedReading, shares: np.ndarray) -> None:
    if reading.decoded is not reading.text:  # what was read is not what was sent
        whole += shares.sum() / len(whole)
        return
    content = np.frombuffer(features.raw_bytes(reading), dtype=np.uint8)
    character_of_byte = np.cumsum((content & 0xC0) != 0x80) - 1
    _spread(whole, character_of_byte, shares, 4)


def _add_words(
    seen: np.ndarray, text: np.ndarray, reading: LocatedReading, shares: np.ndarray
) -> None:
    words = len(reading.found.starts)
    pairs = max(words - 1, 0)
    starts = reading.found.starts
    np.add.at(seen, starts, shares[:words])
    np.add.at(seen, starts[:-1], shares[words : words + pairs] / 2)
    np.add.at(seen, starts[1:], shares[words : words + pairs] / 2)
    at = words + pairs
    for mark, parts in features.link_words(reading):
        text[mark.start] += shares[at : at + len(parts)].sum()
        at += len(parts)
