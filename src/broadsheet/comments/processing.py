"""What is told to readers about the processing of their comments: read from the settings, so it can't be wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from . import letters, limits, retention
from .models import CommentPolicy, CommentSettings, EmailField, PartPolicy, Rule


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is stored: what, what for, how long, and who sees it."""

    what: str
    why: str
    how_long: str
    who: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the page says."""

    kept: tuple[Kept, ...]
    looked_at: tuple[str, ...]  # by the filter
    decides: tuple[str, ...]  # what holds or refuses a comment
    mail: tuple[str, ...]
    rights: tuple[str, ...]
    has_addresses: bool  # authors leave e-mail addresses, by which all of theirs can be found
    contact: str  # an e-mail address, or ""


def facts(site: Site) -> Facts:
    """As the owner's settings are now, in the language that is active."""
    found = CommentSettings.for_site(site)
    return Facts(
        kept=tuple(_kept(found)),
        looked_at=_looked_at(found),
        decides=_decides(found, site),
        mail=_mail(found),
        rights=_rights(found),
        has_addresses=found.email_field != EmailField.OFF,
        contact=found.contact,
    )


def _kept(found: CommentSettings) -> Iterator[Kept]:
    everyone, moderators = _("everyone"), _("the moderators")
    as_long = _("as long as the comment is there")
    yield Kept(_("Your name, your text, the time"), _("to print the comment"), as_long, everyone)
    yield Kept(
        _("What your text said before you changed it"),
        _("to follow a dispute"),
        as_long,
        moderators,
    )
    if found.web_address_field:
        what = _("Your web address, if you give one")
        yield Kept(what, _("to link your name"), as_long, everyone)
    yield from _kept_of_addresses(found, as_long, moderators)
    yield from _kept_with_every_comment(as_long, moderators)
    yield _kept_of_reports(found)


def _kept_of_addresses(found: CommentSettings, as_long: str, moderators: str) -> Iterator[Kept]:
    """What goes sooner than the comment, if the owner wants it."""
    if found.email_field != EmailField.OFF:
        required = found.email_field == EmailField.REQUIRED
        yield Kept(
            _("Your e-mail address") if required else _("Your e-mail address, if you give one"),
            _("to know an author again, and to write to you if you ask for it"),
            _days(found.email_days) or as_long,
            moderators,
        )
    yield Kept(
        _(
            "The first part of your network address, and a keyed hash of the whole; your browser's name"
        ),
        _("to stop who writes too much"),
        _days(found.address_days) or as_long,
        moderators,
    )
    if letters.is_on(found):
        yield Kept(
            _("Your e-mail address for news of replies"),
            _("to send them"),
            _("until you end them; if you don't confirm it, %(number)d days at most")
            % {"number": retention.unconfirmed_days(found)},
            moderators,
        )


def _kept_with_every_comment(as_long: str, moderators: str) -> Iterator[Kept]:
    yield Kept(
        _("A keyed hash of your e-mail address or name"),
        _("to draw the sign beside your name"),
        as_long,
        moderators,
    )
    yield Kept(
        _("What the filter was shown, what it said, and what a moderator decided and why"),
        _("to explain it, and for the filter to learn from"),
        as_long,
        moderators,
    )
    yield Kept(_("Your objection to a decision"), _("to look again"), as_long, moderators)


def _kept_of_reports(found: CommentSettings) -> Kept:
    """A report is kept with the comment that it is about, and tells no longer than others who sent it."""
    days = _days(found.address_days)
    return Kept(
        _("What you report of a comment, with a part and a keyed hash of your network address"),
        _("to look at it, and to stop who reports too much"),
        _("as long as the comment is there; the address %(days)s") % {"days": days}
        if days
        else _("as long as the comment is there"),
        _("the moderators"),
    )


def _looked_at(found: CommentSettings) -> tuple[str, ...]:
    looked_at = [
        _("your text and your name"),
        _("your browser's name, and the page that you came from"),
        _("the article's title and language"),
        _("how long the form was open, where that is known"),
    ]
    if found.web_address_field:
        looked_at.append(_("your web address"))
    if found.email_field != EmailField.OFF:
        looked_at.append(_("of your e-mail address, the part after the @"))
    return tuple(looked_at)


def _decides(found: CommentSettings, site: Site) -> tuple[str, ...]:
    return (*_the_filter_decides(found), *_people_decide(site), *_settings_decide(found))


def _the_filter_decides(found: CommentSettings) -> Iterator[str]:
    if found.shadow_mode:
        yield _("The filter takes notes only; it decides nothing at the moment.")
        return
    yield _("What the filter takes for spam is not shown; where it is not sure, a moderator looks.")
    if found.hold_percent:
        yield _(
            "A moderator looks at what is spam with a probability of %(percent)d %% or more."
        ) % {"percent": found.hold_percent}
    if found.spam_percent:
        yield _(
            "A moderator looks at what the filter takes for spam with less than %(percent)d %%."
        ) % {"percent": found.spam_percent}
    if found.proof_of_work:
        yield _("Where it is not sure, your browser can calculate something instead of waiting.")


def _people_decide(site: Site) -> Iterator[str]:
    if Rule.objects.filter(Q(site=None) | Q(site=site)).exists():
        yield _("Moderators have written rules that hold or refuse some comments.")
        yield _("Such a rule may look at the whole of an e-mail or network address.")
    parts = PartPolicy.objects.filter(page__path__startswith=site.root_page.path)
    if parts.filter(policy=CommentPolicy.PREMODERATED).exists():
        yield _("In some parts of the newspaper every comment waits for a moderator.")


def _settings_decide(found: CommentSettings) -> Iterator[str]:
    if limits.are_set(found):
        yield _("Who writes a lot in a short time is asked to wait.")
    if found.hold_all:
        yield _("Every comment waits for a moderator at the moment.")
    if found.hold_first:
        yield _("An author's first comment waits for a moderator.")
    if found.links_allowed:
        yield ngettext(
            "A comment with more than %(number)d link waits.",
            "A comment with more than %(number)d links waits.",
            found.links_allowed,
        ) % {"number": found.links_allowed}


def _mail(found: CommentSettings) -> tuple[str, ...]:
    if found.email_field == EmailField.OFF:
        return (_("None: you are not asked for an address."),)
    mail = [
        _("The private link of your comment, if you ask for it."),
        _("The link to everything that is stored of you, if you ask for it."),
    ]
    if letters.is_on(found):
        mail.append(
            _(
                "News of replies, if you ask for it and confirm it. Each mail has a link that ends it."
            )
        )
    return tuple(mail)


def _rights(found: CommentSettings) -> tuple[str, ...]:
    rights = [
        _("see what became of your comment, and why"),
        _("take it back"),
        _("download everything that is stored with it"),
        _("have all of that erased"),
        _("ask the moderators to look again at a refusal"),
    ]
    if found.edit_minutes:
        rights.insert(1, _("change it for %(minutes)d minutes") % {"minutes": found.edit_minutes})
    if found.unlearn_erased:
        rights.append(_("have the filter forget what it has learnt from an erased comment"))
    return tuple(rights)


def _days(number: int) -> str:
    return (
        ngettext("%(number)d day", "%(number)d days", number) % {"number": number} if number else ""
    )
