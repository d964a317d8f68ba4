"""Tags of an archive → ours."""

from collections.abc import Mapping

from django.db.models import Q
from taggit.models import Tag

from .records import Tag as TagRecord
from .tree import usable_slug


def tags_of(wanted: Mapping[str, TagRecord]) -> dict[str, int]:
    """Slug of the archive → our tag of that slug or name, made where there is none."""
    keys = {
        slug: (usable_slug(slug)[:100] or usable_slug(tag.name)[:100] or "tag", tag.name[:100])
        for slug, tag in wanted.items()
    }
    slugs, names = ({key[part] for key in keys.values()} for part in (0, 1))
    known = list(Tag.objects.filter(Q(slug__in=slugs) | Q(name__in=names)))
    by_slug, by_name = {tag.slug: tag for tag in known}, {tag.name: tag for tag in known}
    new: list[Tag] = []
    for slug, name in keys.values():
        if slug not in by_slug and name not in by_name:
            by_slug[slug] = by_name[name] = Tag(name=name, slug=slug)
            new.append(by_slug[slug])
    Tag.objects.bulk_create(new)
    return {old: (by_slug.get(slug) or by_name[name]).pk for old, (slug, name) in keys.items()}
