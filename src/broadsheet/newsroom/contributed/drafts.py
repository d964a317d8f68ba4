"""The article that a contribution becomes: an ordinary draft, in Wagtail's workflow, with the contributor set."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.models import Page, ReferenceIndex, Site

from broadsheet.comments.offices import or_the_first
from broadsheet.newsroom.models import (
    ArticlePage,
    Byline,
    Contribution,
    ContributorIndexPage,
    ContributorPage,
    Newspaper,
    Photo,
    SectionPage,
)
from broadsheet.newsroom.pictures import metadata

from . import manuscripts
from .offers import SentPhoto


def make(contribution: Contribution, photos: Iterable[SentPhoto]) -> ArticlePage | None:
    """A draft in the section for contributions; None where the paper has no section. Submitted to the workflow."""
    site = or_the_first(contribution.site)
    section = _section(site)
    if section is None:
        return None
    kept = [_photo(sent) for sent in photos]
    contribution.photos.set(kept)
    article = ArticlePage(
        title=contribution.headline,
        slug=_free_slug(section, contribution.headline),
        live=False,
        hero=kept[0] if kept else None,
    )
    article.body = _body(contribution.html, kept[1:])
    contributor = _contributor(contribution.name, site)
    if contributor is not None:
        article.bylines.set([Byline(contributor=contributor)])
    section.add_child(instance=article)
    article.save_revision()
    submit(article)
    return article


def revise(article: ArticlePage, html: str) -> None:
    """A new version of the text, on top of whatever the editors have written: their version stays in the history."""
    newest = article.get_latest_revision_as_object()
    photos = [block.value["photo"] for block in newest.body if block.block_type == "photo"]
    newest.body = _body(html, photos)
    newest.save_revision()
    submit(article)


def submit(article: ArticlePage) -> None:
    """Begin Wagtail's workflow, unless it has begun."""
    workflow = article.get_workflow()
    if workflow is not None and not article.workflow_in_progress:
        workflow.start(article, user=None)


def remove(contribution: Contribution) -> None:
    """Delete the draft, its photos and its contributor, as far as nothing else has come to need them."""
    article = contribution.article
    if article is None or article.live or article.first_published_at:
        return
    people = [byline.contributor for byline in article.bylines.all()]
    article.delete()
    for photo in contribution.photos.all():
        if not ReferenceIndex.get_references_to(photo).exists():
            photo.delete()
    for person in people:
        if not person.live and not Byline.objects.filter(contributor=person).exists():
            person.delete()


def _section(site: Site) -> SectionPage | None:
    """The one that its owner chose, unless that is another newspaper's by now; else the first."""
    own = SectionPage.objects.live().descendant_of(site.root_page)
    chosen: SectionPage | None = Newspaper.for_site(site).contributions_section
    is_own = chosen is not None and chosen.is_descendant_of(site.root_page)
    return chosen if is_own else own.first()


def _contributor(name: str, site: Site) -> ContributorPage | None:
    """A new page, not public: whoever signs as somebody else does not get their page."""
    index = ContributorIndexPage.objects.descendant_of(site.root_page).first()
    if index is None:
        return None
    page: ContributorPage = index.add_child(
        instance=ContributorPage(title=name, slug=_free_slug(index, name), live=False)
    )
    return page


def _free_slug(parent: Page, title: str) -> str:
    wanted = slugify(title, allow_unicode=True)[:80] or "contribution"
    taken = set(parent.get_children().values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 3)
        if (slug := wanted if number == 1 else f"{wanted}-{number}") not in taken
    )


def _photo(sent: SentPhoto) -> Photo:
    file = ContentFile(sent.body, name=PurePosixPath(sent.name).name[-80:])
    found = metadata.read(file).as_dict()
    photo = Photo(
        title=PurePosixPath(sent.name).stem[:255],
        file=file,
        credit=sent.credit or found.get("credit", "")[:255],
        copyright=found.get("copyright", "")[:255],
        description=found.get("description", "")[:255],
        caption=found.get("caption", ""),
        found=found,
    )
    photo._set_image_file_metadata()
    photo.save()
    return photo


def _body(html: str, photos: Iterable[Photo]) -> list[tuple[str, object]]:
    figures = [("photo", {"photo": photo, "caption": "", "width": "column"}) for photo in photos]
    return [*manuscripts.blocks(html), *figures]
