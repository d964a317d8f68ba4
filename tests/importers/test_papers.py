"""An archive is brought to one newspaper of several: into its tree, to its addresses and its filter; and goes out of it alone."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from broadsheet.comments.models import ReaderComment
from broadsheet.importers import archives
from broadsheet.importers.models import Archive
from broadsheet.learning.models import FIRST, LoggedJudgement
from broadsheet.newsroom import papers
from broadsheet.newsroom.models import (
    ArticlePage,
    ContributorPage,
    Newspaper,
    Photo,
    SectionPage,
)
from tests import builders
from tests.pure.importers.exports import (
    a_comment,
    an_attachment,
    an_author,
    an_export,
    an_item,
)
from tests.pure.importers.holdings import DISQUS, HUGO
from tests.pure.importers.test_sqldump import INSERT, a_row

from .builders import bring, uploads

pytestmark = pytest.mark.django_db
ISLAND = "island.example"


@pytest.fixture
def island() -> Site:
    return builders.a_further_paper(ISLAND, name="Broadsheet")


def exported(folder: Path, *options: str) -> str:
    file = folder / "out.xml"
    call_command("export_wxr", str(file), *options, stdout=io.StringIO())
    return file.read_text()


def test_an_export_comes_into_its_papers_tree_alone_and_again_into_anothers(
    tmp_path: Path, island: Site
) -> None:
    before = set(Page.objects.descendant_of(builders.the_site().root_page).values_list("pk"))
    export = an_export(an_author(), an_item(1, title="The ferry", inside=a_comment(5)))

    told = bring(tmp_path, export, "--paper", ISLAND, "--ask", "10")

    article = ArticlePage.objects.get()
    assert article.is_descendant_of(island.root_page)
    assert ContributorPage.objects.get().is_descendant_of(island.root_page)
    assert (
        set(Page.objects.descendant_of(builders.the_site().root_page).values_list("pk")) == before
    )
    assert {row.site for row in Redirect.objects.all()} == {island}
    assert told["unexplained"] == []
    assert told["addresses_asked"] > 0
    assert told.get("addresses_broken", {}).get("count", 0) == 0
    assert [(paper.site, paper.name) for paper in Newspaper.objects.all()] == [
        (island, "The Harbour Post")
    ]

    again = bring(tmp_path, export)

    assert again["added"]["articles"] == 1
    assert ArticlePage.objects.descendant_of(builders.the_site().root_page).count() == 1
    assert ReaderComment.objects.count() == 2


def test_what_the_old_moderators_decided_teaches_that_papers_filter(
    tmp_path: Path, island: Site
) -> None:
    bring(tmp_path, an_export(an_item(7, inside=a_comment(1))), "--paper", ISLAND)
    dump = tmp_path / "dump.sql"
    rows = [a_row(2, "And again."), a_row(4, "Cheap watches", approved="spam")]
    dump.write_text(f"{INSERT}{','.join(rows)};\n")

    with pytest.raises(CommandError, match="Import the export"):
        call_command("import_wordpress", "--sql", str(dump), stdout=io.StringIO())
    call_command("import_wordpress", "--sql", str(dump), "--paper", ISLAND, stdout=io.StringIO())

    assert set(LoggedJudgement.objects.values_list("paper", flat=True)) == {island.pk}
    assert not LoggedJudgement.objects.filter(paper=FIRST).exists()


def test_comments_and_stories_of_other_systems_know_their_paper(
    tmp_path: Path, island: Site
) -> None:
    section = SectionPage.objects.descendant_of(island.root_page).get()
    ferry = section.add_child(instance=ArticlePage(title="Ferry", slug="ferry"))
    builders.an_article("Ferry")
    Redirect.objects.create(old_path="/ferry", redirect_page=ferry, site=island)
    disqus, hugo = tmp_path / "disqus.xml", tmp_path / "content"
    disqus.write_text(DISQUS)
    hugo.mkdir()
    (hugo / "a.md").write_text(HUGO.replace("Ferry", "Mill"))
    here = ("--paper", ISLAND)

    call_command("import_comments", "disqus", str(disqus), *here, stdout=io.StringIO())
    call_command(
        "import_stories",
        *("markdown", str(hugo), "--address", "https://old.example", *here),
        stdout=io.StringIO(),
    )

    assert {row.page_id for row in ReaderComment.objects.all()} == {ferry.pk}
    brought = ArticlePage.objects.exclude(title="Ferry")
    assert brought
    assert all(article.is_descendant_of(island.root_page) for article in brought)


@pytest.mark.parametrize(
    "command",
    [
        ("import_wordpress", "export.xml"),
        ("import_comments", "disqus", "disqus.xml"),
        ("import_stories", "ghost", "ghost.json", "--address", "https://old.example"),
        ("export_wxr", "out.xml"),
    ],
    ids=lambda words: words[0],
)
def test_a_host_that_no_paper_has_is_said_in_one_line(
    command: tuple[str, ...], island: Site
) -> None:
    with pytest.raises(
        CommandError, match=r"^No newspaper is at moon\.example; there are .*island"
    ):
        call_command(*command, "--paper", "moon.example")


def test_an_export_has_what_its_paper_shows_and_nothing_of_anothers(
    tmp_path: Path, island: Site
) -> None:
    media = uploads(tmp_path, "pier.jpg")
    bring(
        tmp_path,
        an_export(
            an_author(),
            an_attachment(7, "https://old.example/wp-content/uploads/pier.jpg"),
            an_item(1, title="Windmill", content='<img class="wp-image-7" src="/pier.jpg">'),
        ),
        *("--paper", ISLAND, "--media", str(media)),
    )
    photo = builders.a_photo("Lighthouse", description="Lighthouse")
    builders.an_article("Lighthouse", by=("Lighthouse Keeper",), hero=photo)

    of_island, of_first = exported(tmp_path, "--paper", ISLAND), exported(tmp_path)

    assert "Windmill" in of_island
    assert "pier.jpg" in of_island or "pier" in of_island
    assert f"https://{ISLAND}/" in of_island
    assert "Lighthouse" not in of_island
    assert "Lighthouse" in of_first
    assert "Windmill" not in of_first
    assert Photo.objects.count() == 2


def test_what_was_brought_before_was_brought_to_the_first(island: Site) -> None:
    old = Archive.objects.create(address="old.example")

    assert archives.of("old.example") == old
    with papers.in_hand(island):
        assert archives.of("old.example") != old
