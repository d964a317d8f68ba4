"""What the service answers."""

import json

import pytest
from django.test import Client

from broadsheet.akismet import issuing, wire
from broadsheet.akismet.models import Check, Key, Site, SiteState
from tests.akismet.builders import BLOG, a_key, ask, check, load, report
from tests.clock import NOON

WRONG = "zzzzzzzzzzzz"


def test_a_good_key_is_valid() -> None:
    assert ask("verify-key", key=a_key().secret, blog=BLOG).body == "valid"


@pytest.mark.parametrize(
    "key", [WRONG, "", "short", "x" * 5000, "é" * 12], ids=["wrong", "none", "short", "long", "odd"]
)
@pytest.mark.parametrize(
    "method", ["verify-key", "comment-check", "submit-spam", "submit-ham", "deactivate"]
)
def test_a_wrong_key_is_invalid(method: str, key: str) -> None:
    a_key()

    answer = ask(method, key=key, api_key=key, blog=BLOG, user_ip="192.0.2.7")

    assert (answer.status, answer.body) == (200, "invalid")
    assert "X-akismet-debug-help" not in answer.headers


@pytest.mark.parametrize(("method", "version"), [("usage-limit", "1.2"), ("key-sites", "1.2")])
@pytest.mark.parametrize("key", [WRONG, None], ids=["wrong", "none at all"])
def test_without_a_good_key_figures_are_not_told(
    method: str, version: str, key: str | None
) -> None:
    assert ask(method, version=version, api_key=key).body == "invalid"


def test_every_check_has_a_guid_and_one_of_the_two_words() -> None:
    answers = [check(a_key(name=name).secret) for name in "ab"]

    assert {answer.body for answer in answers} == {"false"}
    assert len({answer.headers["X-akismet-guid"] for answer in answers}) == 2
    assert not {"X-akismet-debug-help", "X-akismet-alert-msg"} & set(answers[0].headers)


def test_the_key_may_stand_in_the_hosts_name() -> None:
    secret = a_key().secret

    answer = ask("comment-check", host=f"{secret}.spam.example", blog=BLOG, user_ip="192.0.2.7")

    assert answer.body == "false"


@pytest.mark.parametrize(
    ("method", "missing"),
    [
        ("comment-check", "blog"),
        ("comment-check", "user_ip"),
        ("verify-key", "blog"),
        ("submit-spam", "blog"),
        ("submit-ham", "blog"),
        ("deactivate", "blog"),
    ],
)
def test_what_is_missing_is_said_in_a_header(method: str, missing: str) -> None:
    fields = {"blog": BLOG, "user_ip": "192.0.2.7"} | {missing: ""}

    answer = ask(method, api_key=a_key().secret, **fields)

    assert (answer.status, answer.body) == (200, "invalid")
    assert answer.headers["X-akismet-debug-help"] == f'Empty "{missing}" value'


def test_guaranteed_spam_is_spam_and_an_administrator_is_not() -> None:
    secret = a_key().secret

    assert check(secret, comment_author="akismet-guaranteed-spam").body == "true"
    assert check(secret, user_role="administrator").body == "false"


def test_a_test_may_ask_for_the_hint_to_discard() -> None:
    answer = check(a_key().secret, comment_author="viagra-test-123", is_test="1", test_discard="1")

    assert answer.headers["X-akismet-pro-tip"] == "discard"


@pytest.mark.parametrize("verdict", ["spam", "ham"])
def test_reports_are_thanked_for(verdict: str) -> None:
    answer = report(a_key().secret, verdict)

    assert (answer.status, answer.body) == (200, "Thanks for making the web a better place.")


@pytest.mark.parametrize("flag", ["1", "true"])
def test_a_test_is_neither_kept_nor_counted_nor_learnt(flag: str) -> None:
    secret = a_key().secret
    check(secret, is_test=flag)
    report(secret, "spam", is_test=flag)

    assert load() == 0
    assert not Check.objects.exists()
    assert json.loads(ask("usage-limit", version="1.2", api_key=secret).body)["usage"] == 0


def test_test_answers_without_a_key() -> None:
    assert Client().get("/1.1/test").text == "connected"


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        pytest.param("get", "/1.1/comment-check", 405, id="a check is posted"),
        pytest.param("put", "/1.1/verify-key", 405, id="nothing is put"),
        pytest.param("post", "/1.1/unheard-of", 404, id="an unknown method"),
        pytest.param("get", "/1.1/", 404, id="no method"),
    ],
)
def test_what_is_no_call_is_refused(verb: str, path: str, status: int) -> None:
    assert getattr(Client(), verb)(path).status_code == status


def test_what_is_no_form_is_a_bad_request() -> None:
    response = Client().post("/1.1/comment-check", b"{}", content_type="application/json")

    assert (response.status_code, response.text) == (400, "invalid")


def test_more_than_a_megabyte_is_refused() -> None:
    response = Client().post(
        "/1.1/comment-check",
        b"a=" + b"x" * wire.LARGEST_BODY,
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 413


def test_after_many_wrong_keys_an_address_waits_but_a_good_key_still_works() -> None:
    secret = a_key().secret
    answers = [ask("verify-key", key=WRONG, blog=BLOG) for _ in range(25)]

    assert answers[0].body == "invalid"
    assert answers[-1].status == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert ask("verify-key", key=secret, blog=BLOG).body == "valid"


def test_a_key_that_is_used_up_makes_sites_come_back_later() -> None:
    secret = a_key(monthly_limit=2).secret

    answers = [check(secret) for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    usage = json.loads(ask("usage-limit", version="1.2", api_key=secret).body)
    assert usage == {"limit": 2, "usage": 2, "percentage": "100.00", "throttled": True}


def test_a_limit_holds_after_a_restart() -> None:
    secret = a_key(monthly_limit=2).secret
    check(secret)
    check(secret)
    load()
    from broadsheet.akismet import process  # noqa: PLC0415, a new process

    process.forget()

    assert check(secret).status == 429


def test_a_revoked_key_is_invalid() -> None:
    issued = a_key()

    issuing.revoke(issued.key.pk, now=NOON)

    assert ask("verify-key", key=issued.secret, blog=BLOG).body == "invalid"


def test_after_a_rotation_both_keys_are_good_for_a_while() -> None:
    issued = a_key()
    new = issuing.rotate(issued.key.pk, now=NOON)
    assert ask("verify-key", key=new, blog=BLOG).body == "valid"
    Key.objects.update(former_until="2999-01-01T00:00Z")
    assert ask("verify-key", key=issued.secret, blog=BLOG).body == "valid"
    Key.objects.update(former_until="2001-01-01T00:00Z")
    assert ask("verify-key", key=issued.secret, blog=BLOG).body == "invalid"


def test_only_hashes_of_keys_are_kept() -> None:
    issued = a_key()

    row = Key.objects.values().get()

    assert issued.secret not in str(row)
    assert len(row["digest"]) == 64


def test_a_key_may_be_for_listed_sites_only() -> None:
    issued = a_key(listed_sites_only=True)
    Site.objects.create(key=issued.key, address="old-blog.example", first_seen_at=NOON)

    assert check(issued.secret).body == "false"
    assert check(issued.secret, blog="https://stranger.example").body == "invalid"


def test_a_site_may_be_shut_out() -> None:
    issued = a_key()
    Site.objects.create(
        key=issued.key,
        address="old-blog.example",
        state=SiteState.REVOKED,
        first_seen_at=NOON,
    )

    assert check(issued.secret).body == "invalid"
    assert check(issued.secret, blog="https://other.example").body == "false"


def test_a_site_says_goodbye_and_may_come_back() -> None:
    secret = a_key().secret
    ask("verify-key", key=secret, blog=BLOG)
    assert ask("deactivate", key=secret, blog=BLOG).body == "deactivated"
    load()
    assert Site.objects.get().state == SiteState.DEACTIVATED

    ask("verify-key", key=secret, blog=BLOG)
    load()

    assert Site.objects.get().state == SiteState.ACTIVE


def test_wordpress_settings_page_is_told_that_the_key_is_active() -> None:
    answer = ask("get-subscription", key=a_key().secret, blog=BLOG)

    assert json.loads(answer.body)["status"] == "active"


def test_a_goodbye_lists_no_site() -> None:
    secret = a_key(listed_sites_only=True).secret

    assert ask("deactivate", key=secret, blog="https://stranger.example").body == "invalid"
    load()

    assert not Site.objects.exists()
