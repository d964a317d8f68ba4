"""The keys that are good, in memory: what a check needs to know about its key without asking the database."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings

from . import keys
from .models import Key, KeyLessons, Site, SiteState
from .own import OwnLessons

MOST_KEYS = 10_000


@cache
def pepper() -> bytes:
    """What key hashes are keyed with; another secret key of the site makes every key invalid."""
    return hashlib.sha256(b"broadsheet.akismet\0" + settings.SECRET_KEY.encode()).digest()


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A good key. `lessons` is None while it was taught nothing."""

    id: int
    monthly_limit: int | None
    used_month: str
    used: int
    listed_sites: frozenset[str] | None  # None: any site
    shut_out_sites: frozenset[str]
    lessons_version: int
    lessons: OwnLessons | None

    def admits(self, site: str) -> bool:
        if site in self.shut_out_sites:
            return False
        return self.listed_sites is None or site in self.listed_sites

    def used_in(self, month: str) -> int:
        return self.used if self.used_month == month else 0


@dataclass(frozen=True, slots=True)
class Register:
    """All good keys at one moment, by their digest."""

    by_digest: Mapping[str, KnownKey]

    def find(self, key: str) -> KnownKey | None:
        return self.by_digest.get(keys.digest(key, pepper=pepper()))


def load(now: datetime, before: Register | None = None) -> Register:
    """The keys as the database has them; lessons that did not change are taken from `before`.

    Three queries, whatever the number of keys.
    """
    rows = list(Key.objects.filter(revoked_at=None).order_by("pk")[:MOST_KEYS])
    listed, shut_out = _sites({row.pk for row in rows if row.listed_sites_only})
    lessons = _lessons({known.id: known for known in (before.by_digest.values() if before else ())})
    by_digest = {}
    for row in rows:
        version, own = lessons.get(row.pk, (0, None))
        known = KnownKey(
            id=row.pk,
            monthly_limit=row.monthly_limit,
            used_month=row.used_month,
            used=row.used,
            listed_sites=frozenset(listed.get(row.pk, ())) if row.listed_sites_only else None,
            shut_out_sites=frozenset(shut_out.get(row.pk, ())),
            lessons_version=version,
            lessons=own,
        )
        by_digest[row.digest] = known
        if row.former_until and now < row.former_until:
            by_digest[row.former_digest] = known
    return Register(by_digest)


def _sites(listing_keys: set[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Addresses by key: the listed ones of `listing_keys`, and those shut out of any key."""
    listed: dict[int, list[str]] = {}
    shut_out: dict[int, list[str]] = {}
    wanted = Site.objects.filter(state=SiteState.REVOKED) | Site.objects.filter(
        key__in=listing_keys
    )
    for key_id, address, state in wanted.values_list("key_id", "address", "state"):
        (shut_out if state == SiteState.REVOKED else listed).setdefault(key_id, []).append(address)
    return listed, shut_out


def _lessons(before: Mapping[int, KnownKey]) -> dict[int, tuple[int, OwnLessons | None]]:
    versions = dict(KeyLessons.objects.values_list("key_id", "version"))
    changed = [
        key_id
        for key_id, version in versions.items()
        if key_id not in before or before[key_id].lessons_version != version
    ]
    found: dict[int, tuple[int, OwnLessons | None]] = {
        key_id: (before[key_id].lessons_version, before[key_id].lessons)
        for key_id in versions
        if key_id not in changed
    }
    if changed:
        for row in KeyLessons.objects.filter(key__in=changed):
            found[row.key_id] = (row.version, OwnLessons.unpacked(bytes(row.weights)))
    return found
