"""The spam filter's speed and memory: `python -m bench.spam [--json]`. One core; nothing else should run."""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable

from broadsheet.spam import SpamFilter, Submission

HONEST_WORDS = [
    "council",
    "bridge",
    "river",
    "mayor",
    "school",
    "figures",
    "report",
    "meeting",
    "street",
    "winter",
    "library",
    "market",
    "harbour",
    "budget",
    "teacher",
    "answer",
    "because",
    "without",
    "between",
    "against",
    "question",
    "morning",
    "evening",
    "neighbour",
    "family",
    "train",
    "station",
    "hospital",
    "garden",
]
SPAM_WORDS = [
    "cheap",
    "watches",
    "discount",
    "subscribe",
    "channel",
    "winner",
    "prize",
    "click",
    "offer",
    "free",
    "order",
    "pills",
    "casino",
    "bonus",
]
LENGTH = 500  # characters of a comment
COMMENTS = 2000
WARM_UP = 1000

BAD_INPUT: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "10 MB of text": lambda: "word " * 2_000_000,
    "lone surrogates": lambda: "\ud800" * 100_000,
    "NUL bytes": lambda: "\0" * 100_000,
    "100,000 links": lambda: "http://a.example/b " * 100_000,
    "one word of 1 MB": lambda: "a" * 1_000_000,
    "100,000 open brackets": lambda: "<a [url " * 12_500,
    "100,000 dots": lambda: "a." * 50_000,
}

MEMORY = """
import re
from pathlib import Path
import numpy
from broadsheet.spam.submission import Submission
def resident():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
before = resident()
from broadsheet.spam import SpamFilter
spam_filter = SpamFilter.shipped()
for number in range(1500):
    spam_filter.learn(Submission(f"{number} " * 700, author=str(number)), is_spam=number % 2 == 0)
print(resident() - before)
"""


def comments(count: int, seed: int) -> list[tuple[Submission, bool]]:
    """Of `LENGTH` characters, each different, with whether it is spam: every third."""
    chance = random.Random(seed)
    return [
        (comment(number, chance, is_spam=number % 3 == 0), number % 3 == 0)
        for number in range(count)
    ]


def comment(number: int, chance: random.Random, *, is_spam: bool) -> Submission:
    """Honest words, and in spam a third of the other kind and often a link."""
    words: list[str] = []
    while sum(map(len, words)) + len(words) < LENGTH:
        vocabulary = SPAM_WORDS if is_spam and chance.random() < 1 / 3 else HONEST_WORDS
        words.append(chance.choice(vocabulary) + chance.choice(("", "s", "ed", "er", ",", ".")))
    text = " ".join(words)[:LENGTH]
    if is_spam and chance.random() < 2 / 3:
        link = f" http://{chance.choice(SPAM_WORDS)}{number}.example/{chance.choice(SPAM_WORDS)}"
        text = text[: LENGTH - len(link)] + link
    return Submission(text, author=f"{chance.choice(HONEST_WORDS)} {number}")


def timed(
    action: Callable[[Submission, bool], object], examples: list[tuple[Submission, bool]]
) -> dict[str, float]:
    """How many a second of wall time and of one core's time, and wall-clock percentiles in milliseconds."""
    seconds = []
    core_started = time.thread_time()
    for submission, is_spam in examples:
        started = time.perf_counter()
        action(submission, is_spam)
        seconds.append(time.perf_counter() - started)
    core = time.thread_time() - core_started
    ordered = sorted(seconds)
    return {
        "per_second": round(len(seconds) / sum(seconds)),
        "per_second_of_core": round(len(seconds) / core),
        "median_ms": round(1000 * ordered[len(ordered) // 2], 3),
        "p99_ms": round(1000 * ordered[int(len(ordered) * 0.99)], 3),
    }


def bad_input(spam_filter: SpamFilter) -> dict[str, float]:
    """Milliseconds of one core to judge each, clues included; the median of five."""
    found = {}
    for name, text in BAD_INPUT.items():
        submission, seconds = Submission(text(), author=text()[:1_000_000]), []
        for _ in range(5):
            started = time.thread_time()
            spam_filter.judge(submission)
            seconds.append(time.thread_time() - started)
        found[name] = round(1000 * sorted(seconds)[2], 2)
    return found


def memory_mb() -> float:
    """What the filter adds to a process, with the shipped model and a full memory of long lessons."""
    result = subprocess.run(
        [sys.executable, "-c", MEMORY], capture_output=True, check=True, text=True
    )
    return round(float(result.stdout), 1)


def measure() -> dict[str, object]:
    spam_filter = SpamFilter.shipped()
    for submission, is_spam in comments(WARM_UP, seed=1):
        spam_filter.learn(submission, is_spam=is_spam)
    return {
        "judge": timed(
            lambda one, _: spam_filter.judge(one, explain=False), comments(COMMENTS, seed=2)
        ),
        "judge_with_clues": timed(
            lambda one, _: spam_filter.judge(one), comments(COMMENTS, seed=3)
        ),
        "learn": timed(
            lambda one, is_spam: spam_filter.learn(one, is_spam=is_spam), comments(COMMENTS, seed=4)
        ),
        "bad_input_ms": bad_input(spam_filter),
        "memory_mb": memory_mb(),
        "load_average": round(os.getloadavg()[0], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    found = measure()
    if parser.parse_args().json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:18} {value}")


if __name__ == "__main__":
    main()
