"""What an export holds, in our words, and why some of it stays behind. Plain Python."""

from collections import Counter

from .records import CommentState, Kind, Story
from .tally import Tally
from .wordpress.comments import WRITTEN_BY_READERS, state_of
from .wordpress.export import Item
from .wordpress.survey import Survey
from .wordpress.translate import Choices, contributors_of, links_of, sections_of

STANDINGS = {"publish": "published", "future": "scheduled"}
KINDS_OF_ECHO = {"pingback": "pingbacks", "trackback": "trackbacks", "note": "notes"}
Counts = dict[str, dict[str, int]]  # type → status → how many


def source_counts(found: Survey, choices: Choices) -> Counts:
    """Type → status → how many the export holds."""
    counts: dict[str, Counter[str]] = {}
    for (kind, standing), number in found.items.items():
        if kind != "attachment":
            counts.setdefault(type_of(kind, choices), Counter())[
                STANDINGS.get(standing, standing)
            ] += number
    for (kind, approved), number in found.comments.items():
        counts.setdefault(comment_type(kind), Counter())[state_of(approved)] += number
    return {kind: dict(statuses) for kind, statuses in counts.items()} | {
        "photos": {"library": len(found.photos)},
        "files": {"library": len(found.files)},
        "contributors": {"published": len(contributors_of(found))},
        "categories": {"published": len(_categories(found))},
        "tags": {"published": len(found.tags)},
        "links": {"published": len(links_of(found))},
    }


def as_written(found: Survey) -> Counts:
    """The same in WordPress's words."""
    counts: Counts = {}
    for (kind, standing), number in found.items.items():
        counts.setdefault(kind, {})[standing] = number
    for (kind, approved), number in found.comments.items():
        counts.setdefault(f"comment: {kind}", {})[approved] = number
    return counts


def type_of(kind: str, choices: Choices) -> str:
    if kind == "page":
        return Kind.PAGE
    return Kind.ARTICLE if kind in choices.article_types else kind


def comment_type(kind: str) -> str:
    return "comments" if kind in WRITTEN_BY_READERS else KINDS_OF_ECHO.get(kind, kind)


def account_for_item(item: Item, story: Story | None, choices: Choices, tally: Tally) -> None:
    """Note what of an item stays behind or changes, and why."""
    standing = STANDINGS.get(item.standing, item.standing)
    kind = type_of(item.type, choices)
    if story is None:
        if item.type != "attachment":
            tally.left_out[kind, standing, _why_left_out(item, choices)] += 1
    elif standing != story.state:
        reason = story.note or _why_changed(item)
        tally.changed[kind, standing, story.state, reason] += 1
    brought = {comment.id for comment in story.comments} if story else set()
    for number, comment in enumerate(item.comments):
        comment_id = str(comment.id) if comment.id else f"{item.id or item.link}#{number}"
        if comment_id not in brought:
            where, state = comment_type(comment.type), state_of(comment.approved)
            tally.left_out[where, state, _why_no_comment(where, state, has_story=bool(story))] += 1


def _why_left_out(item: Item, choices: Choices) -> str:
    if item.type == "nav_menu_item":
        return "Entries of menus say what is in a menu; links to elsewhere are counted as links."
    if item.type == "wp_block":
        return "Blocks that several posts show stand in each of them."
    if item.type == "guest-author":
        return "Guest authors are contributors."
    if item.status in {"trash", "auto-draft", "inherit"}:
        return "It was in the bin, or never saved; --with-trash brings what was in the bin."
    if item.type not in choices.article_types:
        return f"Items of this type are no articles; --also {item.type} brings them as such."
    return "Its status is not known."


def _why_changed(item: Item) -> str:
    if item.status == "future":
        return "Its time has come since."
    return "It waited for review: a draft here."


def _why_no_comment(where: str, state: CommentState, *, has_story: bool) -> str:
    if where == "notes":
        return "Internal remarks never become comments."
    if where != "comments":
        return "Echoes of other sites are no reader's words."
    if not has_story:
        return "What they stood below was left out."
    if state is CommentState.SPAM:
        return "Spam; --with-spam brings it."
    return "They were in the bin; --with-trash brings them."


def account_for_terms(found: Survey, used: set[str], tally: Tally) -> None:
    """Categories and tags that nothing lives under. `used`: slugs of the tags that articles carry."""
    sections = {section.id for section in sections_of(found)}
    for slug in _categories(found) - sections:
        if slug in used:
            reason = "No article is at home in it: it is a tag."
        else:
            reason = "No article carries it."
        tally.left_out["categories", "published", reason] += 1
    if unused := len(found.tags - used):
        tally.left_out["tags", "published", "No article carries it."] += unused


def account_for_files(source: Counts, site: Counts, tally: Tally) -> None:
    """Files of the library that the media folder does not have, or that are of a kind which is not taken."""
    behind = source["files"]["library"] - site.get("files", {}).get("library", 0)
    if behind > 0:
        reason = "Files come over where the media folder has them, and if they are of a kind that is taken."
        tally.left_out["files", "library", reason] += behind


def _categories(found: Survey) -> set[str]:
    declared = {slug for taxonomy, slug in found.terms if taxonomy == "category"}
    return declared | {section.id for section in sections_of(found)}
