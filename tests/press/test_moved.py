"""What is printed at an old address."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from broadsheet.press.extent import redirect_paths
from broadsheet.press.printing import page_for
from tests.builders import a_paper, an_article

pytestmark = pytest.mark.django_db


def test_an_old_address_leads_where_django_leads_a_reader() -> None:
    a_paper()
    article = an_article()
    Redirect.objects.create(old_path="/2021/03/ferry", redirect_page=article)

    page = page_for("/2021/03/ferry/")

    assert page is not None
    assert (page.status, page.location) == (
        301,
        Client().get("/2021/03/ferry/").headers["Location"],
    )


def test_a_page_at_an_old_address_stays() -> None:
    a_paper()
    article = an_article()
    address = article.get_url()
    Redirect.objects.create(old_path=address.rstrip("/"), redirect_link="/elsewhere/")

    page = page_for(address)

    assert page is not None
    assert page.status == 200


def test_an_address_with_a_query_is_printed_nowhere() -> None:
    assert redirect_paths("/?p=12") == []
