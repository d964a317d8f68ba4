"""Other filters behind the same two calls, to be measured by the same protocol."""

import math
import re
import shutil
import subprocess
import tempfile
import weakref
from collections.abc import Callable
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, cast

import numpy as np

from broadsheet.spam.evaluation.protocol import Filter
from broadsheet.spam.submission import Submission
from broadsheet.spam.verdict import Judgement, Verdict

_TIMEOUT = 60  # seconds, for one message
_SPAMASSASSIN = Path(__file__).parent / "data" / "spamassassin.pl"


class NotInstalled(RuntimeError):
    """A peer's program or library is not on this machine."""


def content_of(submission: Submission) -> str:
    """What every peer gets to see: author, address, e-mail in a line, then the text."""
    head = " ".join((submission.author, submission.author_url, submission.author_email)).strip()
    return f"{head}\n{submission.text}" if head else submission.text


def verdict_of(probability: float) -> Verdict:
    judgement = Judgement.SPAM if probability >= 0.5 else Judgement.HAM
    return Verdict(judgement, probability)


class FourGrams:
    """Logistic regression over hashed byte 4-grams, trained on error or in doubt: the reference to beat."""

    def __init__(self) -> None:
        self._weights = np.zeros(1 << 20, dtype=np.float32)
        self._bias = 0.0

    def judge(self, submission: Submission, *, explain: bool = False) -> Verdict:  # noqa: ARG002
        return verdict_of(self._probability(self._grams(submission)))

    def learn(self, submission: Submission, *, is_spam: bool) -> None:
        grams = self._grams(submission)
        probability = self._probability(grams)
        if (probability >= 0.5) != is_spam or abs(probability - 0.5) <= 0.3:
            self._weights[grams] += 5.0 * (is_spam - probability) / math.sqrt(len(grams))
            self._bias += 0.25 * (is_spam - probability)

    def _probability(self, grams: np.ndarray) -> float:
        log_odds = float(self._weights[grams].sum()) / math.sqrt(len(grams)) + self._bias
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))

    @staticmethod
    def _grams(submission: Submission) -> np.ndarray:
        content = content_of(submission).encode("utf-8", "replace")[:3000].ljust(4, b"\0")
        grams = np.ndarray(len(content) - 3, dtype="<u4", buffer=content, strides=(1,))
        return np.unique(grams * np.uint32(2654435761) >> np.uint32(12))


class RobinsonFisher:
    """Bayes as Robinson (2003) combines it by Fisher's method, with the constants SpamBayes made known."""

    _UNKNOWN, _STRENGTH, _LEAST_DISTANCE, _MOST_CLUES = 0.5, 0.45, 0.1, 150
    _TOKEN = re.compile(r"[^\s,;:()\[\]\"<>]{2,}")

    def __init__(self) -> None:
        self._seen: dict[str, list[int]] = {}
        self._lessons = [0, 0]

    def judge(self, submission: Submission, *, explain: bool = False) -> Verdict:  # noqa: ARG002
        beliefs = [self._belief(token) for token in self._tokens(submission)]
        telling = [belief for belief in beliefs if abs(belief - 0.5) >= self._LEAST_DISTANCE]
        telling = sorted(telling, key=lambda belief: -abs(belief - 0.5))[: self._MOST_CLUES]
        if not telling:
            return verdict_of(0.5)
        spam = 1 - _chi_squared(-2 * sum(math.log(1 - b) for b in telling), 2 * len(telling))
        ham = 1 - _chi_squared(-2 * sum(math.log(b) for b in telling), 2 * len(telling))
        return verdict_of((spam - ham + 1) / 2)

    def learn(self, submission: Submission, *, is_spam: bool) -> None:
        self._lessons[is_spam] += 1
        for token in self._tokens(submission):
            self._seen.setdefault(token, [0, 0])[is_spam] += 1

    def _belief(self, token: str) -> float:
        ham, spam = self._seen.get(token, (0, 0))
        ham_share, spam_share = ham / max(self._lessons[0], 1), spam / max(self._lessons[1], 1)
        share = spam_share / (ham_share + spam_share) if ham + spam else 0.0
        return (self._STRENGTH * self._UNKNOWN + (ham + spam) * share) / (
            self._STRENGTH + ham + spam
        )

    def _tokens(self, submission: Submission) -> set[str]:
        return set(self._TOKEN.findall(content_of(submission).lower()))


def _chi_squared(value: float, degrees: int) -> float:
    """The probability that chi-squared with an even number of degrees of freedom exceeds `value`."""
    half = value / 2
    term = total = math.exp(-half)
    for i in range(1, degrees // 2):
        term *= half / i
        total += term
    return min(total, 1.0)


class ScikitLearn:
    """A classifier of scikit-learn with partial_fit, over hashed words and pairs or character n-grams."""

    def __init__(self, kind: str) -> None:
        if find_spec("sklearn") is None:
            raise NotInstalled("scikit-learn")
        from sklearn.feature_extraction.text import HashingVectorizer  # type: ignore[import-untyped]  # noqa: PLC0415, optional
        from sklearn.linear_model import SGDClassifier  # type: ignore[import-untyped]  # noqa: PLC0415
        from sklearn.naive_bayes import MultinomialNB  # type: ignore[import-untyped]  # noqa: PLC0415

        words = kind == "words, naive Bayes"
        self._vectorizer: Any = HashingVectorizer(
            analyzer="word" if words else "char_wb",
            ngram_range=(1, 2) if words else (3, 5),
            n_features=1 << 18,
            alternate_sign=False,
            norm=None if words else "l2",
        )
        self._model: Any = (
            MultinomialNB() if words else SGDClassifier(loss="log_loss", random_state=0)
        )
        self._knows = False

    def judge(self, submission: Submission, *, explain: bool = False) -> Verdict:  # noqa: ARG002
        if not self._knows:
            return verdict_of(0.5)
        return verdict_of(float(self._model.predict_proba(self._vectors(submission))[0, 1]))

    def learn(self, submission: Submission, *, is_spam: bool) -> None:
        self._model.partial_fit(self._vectors(submission), [int(is_spam)], classes=[0, 1])
        self._knows = True

    def _vectors(self, submission: Submission) -> Any:
        return self._vectorizer.transform([content_of(submission)])


class Program:
    """A mail filter run once for each message, with a database of its own that is thrown away afterwards."""

    def __init__(
        self,
        name: str,
        *,
        judge: Callable[[Path], list[str]],
        learn: Callable[[Path, bool], list[str]],
        read: Callable[[str], float],
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="peer-")
        self._judge, self._learn, self._read = judge, learn, read
        if shutil.which(name) is None:
            raise NotInstalled(name)

    def judge(self, submission: Submission, *, explain: bool = False) -> Verdict:  # noqa: ARG002
        return verdict_of(self._read(self._run(self._judge(Path(self._folder.name)), submission)))

    def learn(self, submission: Submission, *, is_spam: bool) -> None:
        self._run(self._learn(Path(self._folder.name), is_spam), submission)

    @staticmethod
    def _run(command: list[str], submission: Submission) -> str:
        result = subprocess.run(  # noqa: S603
            command,
            input=bytes(_message(submission)),
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
        return result.stdout.decode("utf-8", "replace")


def _message(submission: Submission) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "comment"
    message.set_content(content_of(submission).encode("utf-8", "replace").decode())
    return message


class SpamAssassin:
    """Its Bayes alone, in one process for all messages (the program takes a second to start): see spamassassin.pl."""

    def __init__(self) -> None:
        if shutil.which("spamassassin") is None:
            raise NotInstalled("SpamAssassin")
        folder = tempfile.mkdtemp(prefix="peer-")
        worker = subprocess.Popen(  # noqa: S603
            ["perl", str(_SPAMASSASSIN), folder],  # noqa: S607, wherever Perl is
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._input, self._answers = (
            cast("IO[bytes]", worker.stdin),
            cast("IO[bytes]", worker.stdout),
        )
        weakref.finalize(self, _end, worker, folder)
        self._learned = 0

    def judge(self, submission: Submission, *, explain: bool = False) -> Verdict:  # noqa: ARG002
        return verdict_of(float(self._ask("judge", _message(submission))))

    def learn(self, submission: Submission, *, is_spam: bool) -> None:
        message = _message(submission)
        self._learned += 1
        message["Message-ID"] = (
            f"<{self._learned}@comments.example>"  # else it learns no text twice
        )
        self._ask("spam" if is_spam else "ham", message)

    def _ask(self, what: str, message: EmailMessage) -> str:
        """Raises NotInstalled where the worker has died: a module of SpamAssassin's is missing."""
        content = bytes(message)
        try:
            self._input.write(f"{what} {len(content)}\n".encode() + content)
            self._input.flush()
        except BrokenPipeError as error:
            raise NotInstalled("SpamAssassin") from error
        return self._answers.readline().decode()


def _end(worker: "subprocess.Popen[bytes]", folder: str) -> None:
    worker.communicate()  # it ends with its input
    shutil.rmtree(folder)


def _bogofilter() -> Filter:
    return Program(
        "bogofilter",
        judge=lambda folder: ["bogofilter", "-T", "-d", str(folder)],
        learn=lambda folder, is_spam: ["bogofilter", "-s" if is_spam else "-n", "-d", str(folder)],
        read=lambda answer: float(answer.split()[1]) if len(answer.split()) > 1 else 0.5,
    )


def _spamprobe() -> Filter:
    return Program(
        "spamprobe",
        judge=lambda folder: ["spamprobe", "-d", str(folder), "score"],
        learn=lambda folder, is_spam: [
            "spamprobe",
            "-d",
            str(folder),
            "spam" if is_spam else "good",
        ],
        read=lambda answer: float(answer.split()[1]) if len(answer.split()) > 1 else 0.5,
    )


PEERS: dict[str, Callable[[], Filter]] = {
    "byte 4-grams, logistic": FourGrams,
    "Robinson–Fisher Bayes": RobinsonFisher,
    "scikit-learn words, naive Bayes": lambda: ScikitLearn("words, naive Bayes"),
    "scikit-learn characters, SGD": lambda: ScikitLearn("characters, SGD"),
    "bogofilter": _bogofilter,
    "spamprobe": _spamprobe,
    "SpamAssassin's Bayes": SpamAssassin,
}
