"""The format of the Akismet API."""

import codecs
import contextlib
import string
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.akismet import forms, wire
from broadsheet.akismet.wire import Call, Method, Request
from broadsheet.spam import Submission

FORM = "application/x-www-form-urlencoded"
KEY = "abc123def456"


def a_call(
    method: Method = Method.COMMENT_CHECK, *, host: str = "", charset: str = "utf-8", **fields: str
) -> Call:
    body = urlencode(fields, encoding=charset).encode()
    request = Request("POST", f"/1.1/{method}", host=host, content_type=FORM, body=body)
    return wire.decode(request, method)


@pytest.mark.parametrize(
    ("path", "method"),
    [
        pytest.param("/1.1/comment-check", Method.COMMENT_CHECK, id="the usual form"),
        pytest.param("/1.2/key-sites", Method.KEY_SITES, id="the second version"),
        pytest.param("/1.1/verify-key/", Method.VERIFY_KEY, id="a slash at the end"),
        pytest.param("/1.1/teach", None, id="an unknown method"),
        pytest.param("/1.1/", None, id="no method"),
        pytest.param("/1.3/comment-check", None, id="a version that does not exist"),
        pytest.param("/1.1/comment-check/x", None, id="something behind it"),
    ],
)
def test_the_path_names_the_method(path: str, method: Method | None) -> None:
    assert wire.method_of(path) is method


@pytest.mark.parametrize(
    ("call", "key"),
    [
        pytest.param(a_call(api_key=KEY), KEY, id="in the form"),
        pytest.param(a_call(host=f"{KEY}.spam.example"), KEY, id="in the host's name"),
        pytest.param(a_call(host=f"{KEY.upper()}.spam.example:8000"), KEY, id="where case is lost"),
        pytest.param(a_call(host="www.spam.example"), "", id="not every host's name is a key"),
        pytest.param(
            a_call(host=f"{KEY}.spam.example", api_key="zzzzzzzzzzzz"),
            "zzzzzzzzzzzz",
            id="the form comes before the host",
        ),
        pytest.param(
            a_call(Method.VERIFY_KEY, host=f"{KEY}.spam.example"),
            "",
            id="never from the host for verify-key",
        ),
        pytest.param(
            a_call(Method.VERIFY_KEY, key=KEY, api_key="zzzzzzzzzzzz"),
            KEY,
            id="verify-key asks about the new key, not the one in use",
        ),
        pytest.param(a_call(Method.VERIFY_KEY, api_key=KEY), KEY, id="verify-key by api_key"),
        pytest.param(a_call(api_key=f" {KEY}\n"), KEY, id="space from copying is no part of it"),
    ],
)
def test_the_key_is_found(call: Call, key: str) -> None:
    assert call.key == key


def test_the_fields_become_a_submission() -> None:
    call = a_call(
        comment_content="I was at the meeting.",
        comment_author="Nadia",
        comment_author_email="nadia@example.org",
        comment_author_url="https://nadia.example",
        user_agent="Firefox",
        referrer="https://paper.example/bridge",
        blog_lang="en_GB, fr_ca",
        comment_date_gmt="2026-03-14T12:00:00Z",
        **{"comment_context[]": "bridges", "comment_context[1]": "town"},
    )

    assert call.submission() == Submission(
        text="I was at the meeting.",
        author="Nadia",
        author_email="nadia@example.org",
        author_url="https://nadia.example",
        user_agent="Firefox",
        referrer="https://paper.example/bridge",
        site_lang="en-GB",
        article="bridges, town",
        sent_at=1773489600.0,
    )


@pytest.mark.parametrize(
    ("fields", "filled"),
    [
        pytest.param({"honeypot_field_name": "fax", "fax": "123"}, True, id="the named field"),
        pytest.param({"honeypot_field_name": "fax", "fax": " "}, False, id="left empty"),
        pytest.param({"honeypot_field_name": "fax"}, False, id="not sent"),
        pytest.param({"fax": "123"}, False, id="a field that nobody named"),
        pytest.param({"POST_ak_hp_textarea": "hi"}, True, id="the WordPress plugin's own"),
    ],
)
def test_a_filled_honeypot_is_noticed(fields: dict[str, str], filled: bool) -> None:
    assert a_call(**fields).submission().honeypot_filled is filled


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "windows-1251", "Shift_JIS", "GB18030"])
def test_text_is_read_in_the_sites_charset(charset: str) -> None:
    text = {"iso-8859-2": "Żółw", "windows-1251": "Мост", "Shift_JIS": "橋", "GB18030": "桥"}.get(
        charset, "Brücke"
    )

    call = a_call(charset=charset, blog_charset=charset, comment_content=text)

    assert call.submission().text == text


def test_the_content_types_charset_counts_where_the_site_names_none() -> None:
    request = Request(
        "POST",
        "/1.1/comment-check",
        content_type=f'{FORM}; charset="ISO-8859-1"',
        body=b"comment_content=Br%FCcke",
    )

    assert wire.decode(request, Method.COMMENT_CHECK).submission().text == "Brücke"


@given(st.text(max_size=60))
def test_any_charsets_name_leads_to_one_that_is_harmless(name: str) -> None:
    codec = forms.codec(name)

    assert codecs.lookup(codec)._is_text_encoding
    assert codec not in {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf_7"}


@pytest.mark.parametrize("codec", sorted(set(forms._CODECS.values())))
@settings(max_examples=20)
@given(raw=st.binary(max_size=300))
def test_any_bytes_are_text_in_any_charset(codec: str, raw: bytes) -> None:
    text = forms.text(raw, codec)

    assert "\0" not in text
    text.encode()


FIELDS = st.dictionaries(
    st.text(string.ascii_lowercase + "_", min_size=1, max_size=20),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    max_size=20,
)


@given(FIELDS)
def test_what_was_encoded_is_decoded(fields: dict[str, str]) -> None:
    sent = dict(forms.pairs(urlencode(fields).encode(), FORM))

    assert {name.decode(): value.decode() for name, value in sent.items()} == fields


@given(FIELDS)
def test_multipart_is_decoded_too(fields: dict[str, str]) -> None:
    parts = [
        f'--xXx\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    body = ("".join(parts) + "--xXx--\r\n").encode()

    sent = dict(forms.pairs(body, "multipart/form-data; boundary=xXx"))

    assert {name.decode(): value.decode() for name, value in sent.items()} == fields


def test_files_are_left_out() -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\n\r\nfile\r\n'
        b'--x\r\nContent-Disposition: form-data; name="blog"\r\n\r\nsite\r\n--x--'
    )

    assert forms.pairs(body, 'multipart/form-data; boundary="x"') == [(b"blog", b"site")]


@given(
    body=st.binary(max_size=2000),
    content_type=st.one_of(
        st.text(max_size=80),
        st.sampled_from([FORM, "multipart/form-data; boundary=x", "multipart/form-data"]),
    ),
    host=st.text(max_size=50),
    query=st.text(max_size=100),
)
def test_any_request_is_decoded_or_called_malformed(
    body: bytes, content_type: str, host: str, query: str
) -> None:
    request = Request(
        "POST", "/1.1/comment-check", query, host=host, content_type=content_type, body=body
    )

    with contextlib.suppress(forms.MalformedForm):
        call = wire.decode(request, Method.COMMENT_CHECK)
        call.submission()
        assert len(call.site) <= 255
        assert len(call.guid) <= 64


@pytest.mark.parametrize(
    "separator", [pytest.param("&", id="urlencoded"), pytest.param("\r\n--x\r\n", id="multipart")]
)
def test_too_many_fields_are_refused(separator: str) -> None:
    body = separator.join(f"a{number}=1" for number in range(forms.MOST_FIELDS + 2)).encode()
    content_type = FORM if separator == "&" else "multipart/form-data; boundary=x"

    with pytest.raises(forms.MalformedForm, match="more than 500 fields"):
        forms.pairs(body, content_type)


@pytest.mark.parametrize(
    ("blog", "site"),
    [
        pytest.param("https://Example.org/", "example.org", id="scheme and slash"),
        pytest.param("http://example.org/blog/?p=1#top", "example.org/blog", id="a folder"),
        pytest.param("example.org", "example.org", id="a bare host"),
        pytest.param("http://user:word@example.org:8080", "example.org:8080", id="user and port"),
        pytest.param("ftp://example.org", "", id="another scheme"),
        pytest.param("http:// a b", "", id="spaces"),
        pytest.param("", "", id="nothing"),
        pytest.param("https://", "", id="only a scheme"),
    ],
)
def test_a_sites_address_is_brought_to_one_form(blog: str, site: str) -> None:
    assert wire.site_of(blog) == site


@given(st.text(max_size=400))
def test_a_sites_address_is_stable(blog: str) -> None:
    site = wire.site_of(blog)

    assert wire.site_of(site) == site or site.endswith(("@", ":")) or "@" in site


@pytest.mark.parametrize(
    ("fields", "asked_for"),
    [
        pytest.param({"comment_author": "viagra-test-123"}, True, id="the old test author"),
        pytest.param({"comment_author": "akismet-guaranteed-spam"}, True, id="the test author"),
        pytest.param(
            {"comment_author_email": "akismet-guaranteed-spam@example.com"},
            True,
            id="the test address",
        ),
        pytest.param({"user_role": "administrator"}, False, id="an administrator"),
        pytest.param({"user_role": "editor,administrator"}, False, id="among other roles"),
        pytest.param({"user_role": "subscriber"}, None, id="anybody else"),
        pytest.param({}, None, id="no role"),
    ],
)
def test_test_modes_ask_for_a_verdict(fields: dict[str, str], asked_for: bool | None) -> None:
    assert a_call(**fields).guaranteed() is asked_for


@pytest.mark.parametrize("value", ["1", "true", "True"])
def test_a_test_is_marked_as_php_python_and_javascript_write_true(value: str) -> None:
    assert a_call(is_test=value).is_test


@pytest.mark.parametrize("value", ["0", "false", "False", ""])
def test_what_they_write_for_false_is_no_mark_of_a_test(value: str) -> None:
    assert not a_call(is_test=value).is_test


@pytest.mark.parametrize("value", [" ", "", None], ids=["blank", "empty", "absent"])
def test_a_missing_field_is_named(value: str | None) -> None:
    call = a_call(blog="https://a.example", **({} if value is None else {"user_ip": value}))

    with pytest.raises(wire.MissingField) as caught:
        call.require("blog", "user_ip")

    assert caught.value.field == "user_ip"
    assert str(caught.value) == 'Empty "user_ip" value'


@pytest.mark.parametrize(
    ("answer", "body", "headers"),
    [
        pytest.param(
            wire.verdict(is_spam=False, guid="1f", discard=True),
            "false",
            {"X-akismet-guid": "1f"},
            id="ham is never to be discarded",
        ),
        pytest.param(
            wire.verdict(is_spam=True, guid="1f"), "true", {"X-akismet-guid": "1f"}, id="spam"
        ),
        pytest.param(
            wire.verdict(is_spam=True, guid="1f", discard=True),
            "true",
            {"X-akismet-guid": "1f", "X-akismet-pro-tip": "discard"},
            id="blatant spam",
        ),
        pytest.param(wire.invalid(), "invalid", {}, id="a wrong key"),
        pytest.param(
            wire.invalid("Empty\r\nX: \x7fé"),
            "invalid",
            {"X-akismet-debug-help": "Empty??X: ??"},
            id="nothing can be slipped into a header",
        ),
    ],
)
def test_answers_are_exact(answer: wire.Answer, body: str, headers: dict[str, str]) -> None:
    assert (answer.status, answer.body, dict(answer.headers)) == (200, body, headers)


@pytest.mark.parametrize(
    ("limit", "usage", "expected"),
    [
        pytest.param(None, 7, '{"limit": "none", "usage": 7, "percentage": "0.00", "throttled": false}', id="no limit"),
        pytest.param(200, 50, '{"limit": 200, "usage": 50, "percentage": "25.00", "throttled": false}', id="within it"),
        pytest.param(200, 200, '{"limit": 200, "usage": 200, "percentage": "100.00", "throttled": true}', id="used up"),
        pytest.param(0, 0, '{"limit": 0, "usage": 0, "percentage": "100.00", "throttled": true}', id="nothing allowed"),
    ],
)  # fmt: skip
def test_usage_is_told_in_the_types_that_clients_expect(
    limit: int | None, usage: int, expected: str
) -> None:
    assert wire.usage_limit(limit=limit, usage=usage, extended=False).body == expected


def test_a_comment_of_64_kilobytes_sent_twice_fits() -> None:
    content = quote_plus("ж" * 32_000)

    assert len(f"comment_content={content}&POST_comment={content}") < wire.LARGEST_BODY
