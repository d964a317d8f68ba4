"""“Write for us”: from a stranger's form to a draft in the workflow, and back by a private link."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from broadsheet.comments.clients import Sender
from broadsheet.comments.mail_line import MOST_TRIES
from broadsheet.newsroom.contributed import actions, keys, post
from broadsheet.newsroom.contributed.offers import Offer
from broadsheet.newsroom.models import (
    ArticlePage,
    Contribution,
    ContributionLetter,
    ContributorPage,
    Newspaper,
    Photo,
)
from broadsheet.press.printing import page_for
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import FilterThatSays
from tests.newsroom.builders import a_picture

from .manuscripts import DOCX

Status = Contribution.Status


@pytest.fixture
def paper(db: None) -> Newspaper:
    """A newspaper that takes contributions."""
    builders.a_paper()
    newspaper = Newspaper.for_site(builders.the_site())
    newspaper.takes_contributions = True
    newspaper.save()
    return newspaper


def an_offer(**fields: Any) -> Offer:
    return Offer(
        **{
            "kind": "PIECE",
            "name": "Amal Haddad",
            "email": "amal@writer.example",
            "headline": "The ferry returns",
            "html": "<p>It came at six.</p>",
        }
        | fields
    )


def submitted(
    judgement: Judgement = Judgement.HAM, now: datetime = NOON, **fields: Any
) -> Contribution:
    return actions.submit(
        an_offer(**fields),
        site=builders.the_site(),
        sender=Sender("203.0.113.7"),
        spam_filter=FilterThatSays(judgement),
        now=now,
    )


SENT = {
    "kind": "PIECE",
    "name": "Amal Haddad",
    "email": "amal@writer.example",
    "headline": "The ferry returns",
    "text": "It came **at six**.",
    "rights": "on",
}


def test_a_piece_arrives_as_a_draft_in_the_workflow_with_its_contributor(
    client: Client, paper: Newspaper
) -> None:
    picture = SimpleUploadedFile("quay.jpg", a_picture(), "image/jpeg")
    docx = SimpleUploadedFile("piece.docx", DOCX)

    response = client.post(
        "/contribute/send/",
        SENT | {"text": "", "manuscript": docx, "photo_1": picture, "credit_1": "Jo Lind"},
    )

    article = ArticlePage.objects.get()
    draft = article.get_latest_revision_as_object()
    assert response.status_code == 303
    assert not article.live
    assert article.workflow_in_progress
    assert [byline.contributor.title for byline in draft.bylines.all()] == ["Amal Haddad"]
    assert not ContributorPage.objects.get().live
    assert "at six" in str(draft.body)
    assert draft.hero.credit == "Jo Lind"
    assert "With the editors" in client.get(response["Location"]).text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        pytest.param({"text": ""}, "text", id="no text"),
        pytest.param({"rights": ""}, "rights", id="no rights"),
        pytest.param({"email": "amal"}, "email", id="no address"),
        pytest.param({"headline": "x" * 1_000_000}, "headline", id="a headline of 1 MB"),
        pytest.param(
            {"manuscript": SimpleUploadedFile("a.docx", b"PK broken")},
            "manuscript",
            id="a broken DOCX",
        ),
        pytest.param(
            {"photo_1": SimpleUploadedFile("a.svg", b"<svg><script/></svg>"), "credit_1": "Jo"},
            "photo_1",
            id="an SVG",
        ),
        pytest.param(
            {"photo_1": SimpleUploadedFile("a.jpg", a_picture(size=(9, 9)))},
            "credit_1",
            id="no credit",
        ),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_else_is_lost(
    client: Client, paper: Newspaper, wrong: dict[str, Any], field: str
) -> None:
    response = client.post("/contribute/send/", SENT | wrong)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="Amal Haddad"' in response.text
    assert not Contribution.objects.exists()


def test_nobody_can_contribute_where_the_paper_does_not_want_it(client: Client, db: None) -> None:
    builders.a_paper()

    assert client.get("/contribute/").status_code == 404
    assert client.post("/contribute/send/", SENT).status_code == 404


def test_the_form_is_printed_and_the_private_page_is_not(paper: Newspaper) -> None:
    form = page_for("/contribute/")
    assert form is not None
    sent_to = re.search(r'method="post" action="([^"]+)"', form.body.decode())
    assert sent_to
    assert page_for(sent_to[1]) is None, "what is printed takes no POST"
    assert page_for(keys.url_of(submitted())) is None


def test_forms_of_other_sites_are_refused(client: Client, paper: Newspaper) -> None:
    response = client.post("/contribute/send/", SENT, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403


@pytest.mark.parametrize(
    ("judgement", "trapped"),
    [
        pytest.param(Judgement.SPAM, False, id="the filter says so"),
        pytest.param(Judgement.HAM, True, id="the hidden field was filled in"),
    ],
)
def test_spam_becomes_no_draft_and_gets_no_mail(
    client: Client, paper: Newspaper, judgement: Judgement, trapped: bool
) -> None:
    contribution = submitted(judgement, trapped=trapped)

    assert not ArticlePage.objects.exists()
    assert not contribution.letters.exists()
    assert "With the editors" in client.get(keys.url_of(contribution)).text


def test_one_address_sends_only_so_many_a_day(paper: Newspaper) -> None:
    for _ in range(actions.PER_DAY):
        submitted()

    with pytest.raises(actions.TooMany):
        submitted()
    assert submitted(now=NOON + actions.DAY).pk


def test_editors_and_contributor_talk_until_it_is_published(
    client: Client, paper: Newspaper
) -> None:
    contribution = submitted()
    editor = Client()
    editor.force_login(User.objects.create_superuser("ed"))
    desk = reverse("newsroom-contribution", args=[contribution.pk])

    editor.post(desk, {"status": "QUESTION", "message": "At which quay?"})
    page = client.get(keys.url_of(contribution)).text
    assert "At which quay?" in page
    assert "The editors have a question" in page

    client.post(
        keys.url_of(contribution), {"message": "The <old> one.", "text": "It came to the old quay."}
    )
    assert "The &lt;old&gt; one." in editor.get(desk).text
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    assert "the old quay" in str(draft.body)

    draft.save_revision().publish()
    contribution.refresh_from_db()
    assert contribution.status == Status.PUBLISHED
    assert draft.get_url() in client.get(keys.url_of(contribution)).text


def test_changes_that_the_workflow_asks_for_reach_the_contributor(paper: Newspaper) -> None:
    contribution = submitted()
    state = contribution.article.current_workflow_task_state

    state.reject(user=User.objects.create_superuser("ed"), comment="Shorter, please.")

    contribution.refresh_from_db()
    assert contribution.status == Status.QUESTION
    assert [message.text for message in contribution.messages.all()] == ["Shorter, please."]


def test_whoever_withdraws_leaves_nothing_behind(client: Client, paper: Newspaper) -> None:
    photo = SimpleUploadedFile("quay.jpg", a_picture(), "image/jpeg")
    sent = client.post("/contribute/send/", SENT | {"photo_1": photo, "credit_1": "Jo Lind"})

    client.post(sent["Location"], {"withdraw": "1"})

    contribution = Contribution.objects.get()
    assert contribution.status == Status.WITHDRAWN
    assert (contribution.name, contribution.email, contribution.html) == ("", "", "")
    assert not ArticlePage.objects.exists()
    assert not Photo.objects.exists()
    assert not ContributorPage.objects.exists()


def test_mails_carry_the_link_and_no_word_of_anybody(paper: Newspaper) -> None:
    contribution = submitted(headline="Buy watches")
    now = datetime.now(UTC)
    actions.decide(contribution, status=Status.DECLINED, message="No, thanks.", by=None, now=now)

    assert post.send_waiting(now) == 2
    assert post.send_waiting(now) == 0

    text = mail.outbox[-1].body
    assert keys.url_of(contribution) in text
    assert "Declined" in text
    assert not re.search("watches|No, thanks|Amal", text)


def test_a_mail_is_tried_for_a_day(paper: Newspaper, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "tests.comments.builders.BrokenPost"
    submitted()
    now = NOON

    while letter := ContributionLetter.objects.filter(tries__lt=MOST_TRIES).first():
        now = max(now, letter.next_try_at)
        post.send_waiting(now)

    assert timedelta(days=1) < now - NOON < timedelta(days=2)
    post.forget(now)
    assert not ContributionLetter.objects.exists()


def test_where_it_came_from_is_forgotten_after_a_day(paper: Newspaper) -> None:
    contribution = submitted()

    post.forget(NOON + actions.DAY * 2)

    contribution.refresh_from_db()
    assert contribution.address_hash == ""


@pytest.mark.parametrize("key", ["1-0", "²-0", "9" * 400, "x"])
def test_a_key_that_was_never_given_out_is_not_found(
    client: Client, paper: Newspaper, key: str
) -> None:
    submitted()

    assert client.get(f"/contribute/{key}/").status_code == 404


def test_who_may_not_decide_sees_nothing(client: Client, paper: Newspaper) -> None:
    client.force_login(User.objects.create_user("reader"))

    response = client.get(reverse("newsroom-contribution", args=[submitted().pk]))

    assert response.status_code != 200
