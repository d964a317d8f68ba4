"""The first visit to a new newspaper."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom import foundation
from broadsheet.newsroom.models import Newspaper
from broadsheet.web import set_up
from tests.clock import NOON

ANSWERS = {
    "name": "The Quay",
    "language": "fr",
    "time_zone": "Europe/Paris",
    "user_name": "amal",
    "email": "amal@example.org",
    "password": "a long walk by the harbour",
}


@pytest.fixture(autouse=True)
def _a_new_site(db: None) -> None:
    foundation.lay(now=NOON)


def test_the_link_leads_to_the_questions(client: Client) -> None:
    response = client.get(set_up.link_path())

    assert response.status_code == 200
    assert 'name="time_zone"' in response.text


def test_answering_names_the_paper_creates_the_administrator_and_opens_the_editor(
    client: Client,
) -> None:
    response = client.post(set_up.link_path(), ANSWERS)

    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_home")
    assert client.get(response["Location"]).status_code == 200
    newspaper = Newspaper.objects.get()
    assert (newspaper.name, newspaper.language, newspaper.time_zone) == (
        "The Quay",
        "fr",
        "Europe/Paris",
    )
    assert get_user_model().objects.get(username="amal").is_superuser


def test_the_link_works_once(client: Client) -> None:
    link = set_up.link_path()
    client.post(link, ANSWERS)
    stranger = Client()

    response = stranger.post(link, ANSWERS | {"user_name": "stranger"})

    assert response.status_code == 302
    assert not get_user_model().objects.filter(username="stranger").exists()
    assert set_up.link_path() == ""


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("set-up", id="no signature"),
        pytest.param(
            "set-up:1xV7sz:KDHflnwrSQ5UGfdlYzlpXsEmx6QeCVPF68lhoRkwkwM",
            id="another site's signature",
        ),
    ],
)
def test_a_forged_link_leads_nowhere(client: Client, token: str) -> None:
    assert client.get(reverse("set-up", args=[token])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        pytest.param({"password": "short"}, "password", id="a short password"),
        pytest.param({"time_zone": "Atlantis/Centre"}, "time_zone", id="an unknown time zone"),
        pytest.param({"user_name": "am al!"}, "user_name", id="a user name with a space"),
        pytest.param({"name": ""}, "name", id="no name"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_the_others_are_kept(
    client: Client, wrong: dict[str, str], field: str
) -> None:
    response = client.post(set_up.link_path(), ANSWERS | wrong)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="amal@example.org"' in response.text
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize("text", ["", "only-a-name", ":password", "name:"], ids=repr)
def test_an_administrator_for_automation_needs_a_name_and_a_password(db: None, text: str) -> None:
    set_up.create_administrator(text)

    assert not set_up.has_administrator()


def test_an_administrator_for_automation_is_created_on_a_new_site_only(db: None) -> None:
    set_up.create_administrator("first:with:colons")
    set_up.create_administrator("second:password")

    assert [user.username for user in get_user_model().objects.all()] == ["first"]
    assert get_user_model().objects.get().check_password("with:colons")


def test_a_user_name_that_is_taken_is_said_beside_its_field(client: Client) -> None:
    get_user_model().objects.create_user(username="amal", password="some-words")

    response = client.post(set_up.link_path(), ANSWERS)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["user_name"]


def test_the_editor_goes_by_the_papers_clock_until_somebody_chooses_another(
    client: Client,
) -> None:
    client.post(set_up.link_path(), ANSWERS)
    administrator = get_user_model().objects.get(username="amal")
    profile = administrator.wagtail_userprofile
    assert profile.get_current_time_zone() == "Europe/Paris"

    profile.current_time_zone = "Asia/Tokyo"
    profile.save()
    client.force_login(administrator)

    profile.refresh_from_db()
    assert profile.get_current_time_zone() == "Asia/Tokyo"
