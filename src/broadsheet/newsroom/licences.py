"""The licences under which photos are shown: what each is called, and where its words are."""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ALL_RIGHTS_RESERVED: Final = "All rights reserved"
PUBLIC_DOMAIN: Final = "Public domain"

# What is stored → where it can be read, "" for what has no text of its own. https://creativecommons.org/licenses/
COMMON: Final = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC BY-ND 4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC BY-NC 4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    PUBLIC_DOMAIN: "https://creativecommons.org/publicdomain/mark/1.0/",
    ALL_RIGHTS_RESERVED: "",
}
_LABELS: Final[dict[str, Promise]] = {
    PUBLIC_DOMAIN: _("Public domain"),
    ALL_RIGHTS_RESERVED: _("All rights reserved"),
}
_CREATIVE_COMMONS = re.compile(r"CC (BY(?:-NC)?(?:-SA|-ND)?) (\d\.\d)", re.IGNORECASE)


def is_address(licence: str) -> bool:
    return licence.startswith(("https://", "http://"))


def label_of(licence: str) -> str:
    """How it is called, in the reader's language where it has no name of its own; "" for one that is only an address."""
    return "" if is_address(licence) else str(_LABELS.get(licence, licence))


def address_of(licence: str) -> str:
    """Where it can be read: of one that is an address, a common one, or a short name of Creative Commons'; else ""."""
    if is_address(licence):
        return licence
    named = _CREATIVE_COMMONS.fullmatch(licence.strip())
    if named is None:
        return COMMON.get(licence, "")
    return f"https://creativecommons.org/licenses/{named[1].lower()}/{named[2]}/"
