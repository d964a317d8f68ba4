"""Answering a call. Nothing here waits: keys and filter are in memory, and what is to be kept goes to the journal."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from broadsheet.comments.throttle import Throttle
from broadsheet.spam import SpamFilter, Submission

from . import forms, own, wire
from .journal import Line
from .kept import compact
from .register import KnownKey, Register
from .wire import Answer, Call, Method, Request

START_AGAIN_AFTER = 5  # seconds: while the keys could not be read yet
LIMIT_ASK_AGAIN_AFTER = 3600  # seconds


class KeepsLines(Protocol):
    def append(self, line: Line, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What this process judges with."""

    register: Register
    spam_filter: SpamFilter


@dataclass(frozen=True, slots=True)
class Moment:
    """The time, three ways."""

    now: datetime
    monotonic: float  # seconds
    ticks: float  # seconds, finest


FromDatabase = Callable[[Call, KnownKey], Answer]  # for wire.FROM_DATABASE


class Service:
    """One process's service. Thread-safe."""

    def __init__(
        self,
        *,
        knowledge: Callable[[], Knowledge | None],
        journal: KeepsLines,
        wrong_keys: Throttle,
        clock: Callable[[], Moment],
    ) -> None:
        self._knowledge = knowledge
        self._journal = journal
        self._wrong_keys = wrong_keys
        self._clock = clock
        self._used: dict[tuple[int, str], int] = {}  # key and month → checks
        self._methods: dict[Method, Callable[[Call, KnownKey, Knowledge], Answer]] = {
            Method.VERIFY_KEY: self._verify_key,
            Method.COMMENT_CHECK: self._comment_check,
            Method.SUBMIT_SPAM: self._submit,
            Method.SUBMIT_HAM: self._submit,
            Method.USAGE_LIMIT: self._usage_limit,
            Method.DEACTIVATE: self._deactivate,
            Method.GET_SUBSCRIPTION: self._get_subscription,
        }

    def answer(self, request: Request, *, from_database: FromDatabase | None = None) -> Answer:
        """The answer to any request below /1.1/ and /1.2/; the methods of wire.FROM_DATABASE need `from_database`."""
        method = wire.method_of(request.path)
        if method is None:
            return Answer("", 404)
        if request.verb != "POST" and not (request.verb == "GET" and method in wire.READABLE):
            return Answer("", 405, headers=(("Allow", "POST"),))
        if method is Method.TEST:
            return Answer("connected")
        try:
            call = wire.decode(request, method)
        except forms.MalformedForm as error:
            return wire.malformed(str(error))
        return self._answer_call(call, request.address, from_database)

    def _answer_call(self, call: Call, address: str, from_database: FromDatabase | None) -> Answer:
        knowledge = self._knowledge()
        if knowledge is None:
            return wire.come_back(seconds=START_AGAIN_AFTER, reason="starting", status=503)
        key = knowledge.register.find(call.key)
        if key is None:
            return self._refuse(address)
        if call.method in wire.FROM_DATABASE:
            return from_database(call, key) if from_database else Answer("", 404)
        try:
            return self._methods[call.method](call, key, knowledge)
        except wire.MissingField as error:
            return wire.invalid(str(error))

    def _refuse(self, address: str) -> Answer:
        wait = self._wrong_keys.wait(address, clock=self._clock().monotonic)
        return (
            wire.come_back(seconds=int(wait) + 1, reason="wrong-keys") if wait else wire.invalid()
        )

    def _verify_key(self, call: Call, key: KnownKey, _knowledge: Knowledge) -> Answer:
        call.require("blog")
        if not key.admits(_site(call)):
            return wire.invalid()
        self._note_site(call, key, is_active=True)
        return Answer("valid")

    def _deactivate(self, call: Call, key: KnownKey, _knowledge: Knowledge) -> Answer:
        call.require("blog")
        if not key.admits(_site(call)):  # to note a site is to list it
            return wire.invalid()
        self._note_site(call, key, is_active=False)
        return Answer("deactivated")

    def _note_site(self, call: Call, key: KnownKey, *, is_active: bool) -> None:
        if not call.is_test:
            self._keep("site", _site(call), key, {"active": is_active})

    def _usage_limit(self, call: Call, key: KnownKey, _knowledge: Knowledge) -> Answer:
        month = f"{self._clock().now:%Y-%m}"
        return wire.usage_limit(
            limit=key.monthly_limit,
            usage=self._used_in(month, key),
            extended=wire.is_true(call.fields.get("extended", "")),
        )

    def _get_subscription(self, _call: Call, key: KnownKey, _knowledge: Knowledge) -> Answer:
        return wire.subscription(account=key.id)

    def _submit(self, call: Call, key: KnownKey, _knowledge: Knowledge) -> Answer:
        call.require("blog")
        site = _site(call)
        if not key.admits(site):
            return wire.invalid()
        if not call.is_test and call.guaranteed() is not True:
            report = {
                "guid": call.guid,
                "spam": call.method is Method.SUBMIT_SPAM,
                "reporter": call.fields.get("reporter", "")[:100],
                "type": call.fields.get("comment_type", "")[:40],
                "submission": compact(call.submission()),
            }
            self._keep("report", site, key, report)
        return Answer(wire.THANKS)

    def _comment_check(self, call: Call, key: KnownKey, knowledge: Knowledge) -> Answer:
        begun = self._clock()
        call.require("blog", "user_ip")
        site = _site(call)
        if not key.admits(site):
            return wire.invalid()
        month = f"{begun.now:%Y-%m}"
        if key.monthly_limit is not None and self._used_in(month, key) >= key.monthly_limit:
            return wire.come_back(seconds=until_next_month(begun.now), reason="usage-limit")
        submission = call.submission()
        finding = _judge(call, submission, key, knowledge)
        guid = os.urandom(16).hex()
        if not call.is_test:
            self._used[key.id, month] = self._used_in(month, key) + 1
            check = {
                "guid": guid,
                "type": call.fields.get("comment_type", "")[:40],
                "submission": compact(submission),
                "p": round(finding.probability, 6),
                "spam": finding.is_spam,
                "blatant": finding.is_blatant,
                "callback": call.fields.get("callback", "")[:500],
                "us": int(1e6 * (self._clock().ticks - begun.ticks)),
            }
            self._keep("check", site, key, check)
        return wire.verdict(is_spam=finding.is_spam, guid=guid, discard=finding.is_blatant)

    def _used_in(self, month: str, key: KnownKey) -> int:
        """Checks of `key` in `month`: what the database counted, or we did if that is more."""
        if len(self._used) > 100_000:  # of former months
            self._used.clear()
        return max(self._used.get((key.id, month), 0), key.used_in(month))

    def _keep(self, kind: str, site: str, key: KnownKey, content: dict[str, Any]) -> None:
        self._journal.append(
            {
                "kind": kind,
                "key": key.id,
                "site": site,
                "at": self._clock().now.timestamp(),
                **content,
            }
        )


@dataclass(frozen=True, slots=True)
class _Finding:
    probability: float
    is_spam: bool
    is_blatant: bool


def _judge(call: Call, submission: Submission, key: KnownKey, knowledge: Knowledge) -> _Finding:
    guaranteed = call.guaranteed()
    if guaranteed is not None:
        discard = guaranteed and wire.is_true(call.fields.get("test_discard", ""))
        return _Finding(float(guaranteed), guaranteed, discard)
    verdict = knowledge.spam_filter.judge(submission, explain=False)
    shift = key.lessons.shift(submission) if key.lessons else 0.0
    probability = (
        own.combined(verdict.spam_probability, shift) if shift else verdict.spam_probability
    )
    is_spam = probability > 0.5
    return _Finding(probability, is_spam, verdict.blatant and is_spam and shift >= 0)


def _site(call: Call) -> str:
    site = call.site
    if not site:
        raise wire.MissingField("blog")
    return site


def until_next_month(now: datetime) -> int:
    """Seconds, or an hour if that is less: limits may be raised meanwhile."""
    next_month = (now.replace(day=1) + timedelta(days=32)).replace(day=1)
    begins = datetime(next_month.year, next_month.month, 1, tzinfo=UTC)
    return min(LIMIT_ASK_AGAIN_AFTER, int((begins - now).total_seconds()))
