"""Caches in front of all nodes, as `[cdn]` in `broadsheet.toml` names them. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

KEYS: Mapping[str, type] = {
    "varnish": list,
    "cloudflare_zone": str,
    "cloudflare_token": str,
    "cloudfront": str,
    "keep": int,
    "keys": str,
}
STARTING_LINES = """\
[cdn]
# Caches in front, which are told of each page that was printed anew: addresses that take Varnish's PURGE, a zone of
# Cloudflare with a token that may purge it, a distribution of CloudFront (needs `pip install broadsheet[s3]`).
# varnish = ["http://10.0.0.5:6081"]
# cloudflare_zone = ""
# cloudflare_token = ""                             # or CLOUDFLARE_TOKEN in the environment
# cloudfront = ""
# Seconds for which they keep a page without asking. Longer is safe where all of them are told.
# keep = 5
# A header that names what each page is made of, as Surrogate-Key (Fastly, Varnish) or Cache-Tag (Cloudflare) does.
# keys = ""
"""
_BACK_ENDS = "wagtail.contrib.frontend_cache.backends"
KEEP = 5  # seconds, where caches may not be told
_LONGEST = 86_400  # seconds


class CdnError(ValueError):
    """`[cdn]` can't be used; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
class Cdn:
    """Caches that keep printed pages."""

    varnish: tuple[str, ...] = ()  # addresses, each of which takes PURGE
    cloudflare_zone: str = ""
    cloudflare_token: str = ""
    cloudfront: str = ""  # the distribution's id; who may purge it stands in AWS's own environment
    keep: int = KEEP  # seconds that they keep a page without asking
    keys: str = ""  # the name of the header with a page's surrogate keys; "" for none

    def back_ends(self) -> dict[str, dict[str, Any]]:
        """Wagtail's setting WAGTAILFRONTENDCACHE."""
        found: dict[str, dict[str, Any]] = {
            location: {"BACKEND": "broadsheet.press.purging.Varnish", "LOCATION": location}
            for location in self.varnish
        }
        if self.cloudflare_zone:
            found["cloudflare"] = {
                "BACKEND": f"{_BACK_ENDS}.CloudflareBackend",
                "ZONEID": self.cloudflare_zone,
                "BEARER_TOKEN": self.cloudflare_token,
            }
        if self.cloudfront:
            found["cloudfront"] = {
                "BACKEND": f"{_BACK_ENDS}.CloudfrontBackend",
                "DISTRIBUTION_ID": self.cloudfront,
            }
        return found


def read(section: Mapping[str, Any], environment: Mapping[str, str]) -> Cdn:
    """What `[cdn]` says, whose keys are of the right types. Raises CdnError."""
    varnish = tuple(section.get("varnish", ()))
    for address in varnish:
        if not isinstance(address, str) or urlsplit(address).scheme not in {"http", "https"}:
            raise CdnError(
                f"varnish must be addresses such as http://10.0.0.5:6081, not {address!r}."
            )
    keep = section.get("keep", KEEP)
    if not 0 <= keep <= _LONGEST:
        raise CdnError(f"keep in [cdn] must be a number of seconds up to {_LONGEST}, not {keep}.")
    zone = section.get("cloudflare_zone", "")
    token = environment.get("CLOUDFLARE_TOKEN") or section.get("cloudflare_token", "")
    if zone and not token:
        raise CdnError("cloudflare_zone in [cdn] needs a cloudflare_token that may purge it.")
    keys = section.get("keys", "")
    if keys and not keys.replace("-", "").isalnum():
        raise CdnError(
            f"keys in [cdn] must be a header's name such as Surrogate-Key, not {keys!r}."
        )
    return Cdn(varnish, zone, token, section.get("cloudfront", ""), keep, keys)
