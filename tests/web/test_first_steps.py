"""The dashboard of a new newspaper leads its owner to a first article, and then keeps quiet."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from broadsheet.comments.models import CommentSettings
from broadsheet.newsroom.models import Newspaper, SectionPage, StandardPage
from broadsheet.web import first_steps
from broadsheet.web.demonstration import load
from tests import builders


@pytest.fixture
def owner(client: Client, db: None) -> Client:
    builders.a_paper()
    client.force_login(User.objects.create_superuser("owner"))
    return client


def the_newspaper() -> Newspaper:
    return Newspaper.for_site(builders.the_site())


def open_steps() -> list[str]:
    return [step.label for step in first_steps.steps(the_newspaper()) if not step.is_done]


def test_each_step_is_ticked_when_it_is_done(owner: Client) -> None:
    newspaper = the_newspaper()
    newspaper.look, newspaper.contact = "magazine", "desk@example.org"
    newspaper.save()
    builders.an_article()
    front = builders.a_paper()
    for page in (SectionPage.objects.first(), StandardPage(title="About", slug="about-us")):
        if page.pk is None:
            front.add_child(instance=page)
        page.save_revision().publish()
    assert open_steps() == ["Decide which comments wait for you"]

    settings = CommentSettings.for_site(builders.the_site())
    settings.hold_first = True
    settings.save()

    assert open_steps() == []
    assert "First steps" not in owner.get("/editor/").content.decode()


def test_an_owner_puts_the_list_away(owner: Client) -> None:
    assert "First steps" in owner.get("/editor/").content.decode()

    owner.post("/editor/first-steps/enough/")

    assert "First steps" not in owner.get("/editor/").content.decode()


def test_sample_articles_go_with_one_click_and_nothing_else_does(owner: Client) -> None:
    sample = builders.an_article("A sample", owner=User.objects.create_user(load.OWNER))
    own = builders.an_article("My own")
    assert "Remove the sample articles" in owner.get("/editor/").content.decode()

    owner.post("/editor/samples/remove/")

    left = type(own).objects.values_list("pk", flat=True)
    assert (own.pk in left, sample.pk in left) == (True, False)
    assert "Remove the sample articles" not in owner.get("/editor/").content.decode()


@pytest.mark.parametrize("path", ["/editor/first-steps/enough/", "/editor/samples/remove/"])
def test_nobody_but_an_owner_may(client: Client, db: None, path: str) -> None:
    builders.a_paper()
    client.force_login(User.objects.create_user("reader"))

    client.post(path)

    assert the_newspaper().shows_first_steps
