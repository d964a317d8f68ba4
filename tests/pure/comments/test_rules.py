"""Rules that moderators write, against what readers send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments.rules import Effect, Kind, Rule, Subject, first_that_fits


@pytest.mark.parametrize(
    ("kind", "value", "subject", "fits"),
    [
        pytest.param(Kind.WORDS, "casino", Subject("Best CASINO here"), True, id="any case"),
        pytest.param(Kind.WORDS, "ass", Subject("a first class fare"), False, id="whole words only"),
        pytest.param(Kind.WORDS, "buy now", Subject("So buy now!"), True, id="a phrase"),
        pytest.param(Kind.WORDS, "pills", Subject("Hi", author="Pills Shop"), True, id="in the name"),
        pytest.param(
            Kind.WORDS, "pills.example", Subject("Hi", web_address="https://pills.example/"), True,
            id="in the web address",
        ),
        pytest.param(Kind.WORDS, "赌场", Subject("最好的赌场在这里"), True, id="scripts without spaces"),
        pytest.param(Kind.PATTERN, "v?agra", Subject("V1AGRA"), True, id="one unknown character"),
        pytest.param(Kind.PATTERN, "win*prize", Subject("win a big prize"), True, id="anything between"),
        pytest.param(Kind.PATTERN, "win*prize", Subject("win\na prize"), False, id="not across lines"),
        pytest.param(Kind.PATTERN, "b*c*d", Subject("b c b c c d"), True, id="several times anything"),
        pytest.param(Kind.PATTERN, "*ferry*", Subject("The ferry."), True, id="anything around"),
        pytest.param(Kind.PATTERN, "a*b", Subject("a" + "-" * 201 + "b"), False, id="nothing too far away"),
        pytest.param(
            Kind.PATTERN, "v*i*a*g*r*a*x", Subject("viagr" * 4_000), False,
            id="a hostile text that would take centuries to try in all ways",
        ),
        pytest.param(Kind.PATTERN, "a.c", Subject("abc"), False, id="a dot is a dot"),
        pytest.param(Kind.AUTHOR, "Mira@Reader.example", Subject("", email="mira@reader.example"), True, id="author"),
        pytest.param(Kind.EMAIL_HOST, "spam.example", Subject("", email="x@mail.spam.example"), True, id="below a host"),
        pytest.param(Kind.EMAIL_HOST, "spam.example", Subject("", email="x@notspam.example"), False, id="another host"),
        pytest.param(Kind.NETWORK, "203.0.113.0/24", Subject("", address="203.0.113.9"), True, id="network"),
        pytest.param(Kind.NETWORK, "2001:db8::/32", Subject("", address="203.0.113.9"), False, id="other family"),
        pytest.param(Kind.NETWORK, "nonsense", Subject("", address="203.0.113.9"), False, id="no network"),
    ],
)  # fmt: skip
def test_a_rule_fits(kind: Kind, value: str, subject: Subject, fits: bool) -> None:
    rule = Rule(kind, value, Effect.HOLD)

    assert first_that_fits([rule], subject) == (rule if fits else None)


def test_trust_comes_before_block_before_reject_before_hold() -> None:
    rules = [Rule(Kind.WORDS, "ferry", effect) for effect in reversed(Effect)]

    assert [first_that_fits(rules[:n], Subject("ferry")).effect for n in (4, 3, 2, 1)] == [  # type: ignore[union-attr]
        Effect.TRUST,
        Effect.BLOCK,
        Effect.REJECT,
        Effect.HOLD,
    ]


@given(st.sampled_from(Kind), st.text(max_size=40), st.text(max_size=400))
def test_no_rule_and_no_text_break_it(kind: Kind, value: str, text: str) -> None:
    rule = Rule(kind, value, Effect.HOLD)

    assert first_that_fits([rule], Subject(text, text, text, text, text)) in {rule, None}
