"""PHP's serialized data is read as data, strictly."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.wordpress import phpserialize
from broadsheet.importers.wordpress.phpserialize import MalformedSerialization, Value, loads


def dumps(value: Value) -> str:
    """What PHP would write."""
    match value:
        case None:
            return "N;"
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case float():
            return f"d:{value!r};"
        case str():
            return f's:{len(value.encode())}:"{value}";'
        case _:
            inner = "".join(dumps(key) + dumps(entry) for key, entry in value.items())
            return f"a:{len(value)}:{{{inner}}}"


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"))
)
keys = st.integers(0, 999) | st.text(st.characters(codec="utf-8"), max_size=9)
values = st.recursive(
    scalars, lambda inner: st.dictionaries(keys, inner, max_size=4), max_leaves=20
)


@given(values)
def test_what_php_writes_is_read(value: Value) -> None:
    assert loads(dumps(value)) == value


def test_lengths_count_bytes() -> None:
    assert loads('a:1:{s:6:"credit";s:9:"Åsa Öst";}') == {"credit": "Åsa Öst"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("hello", id="plain text"),
        pytest.param('s:5:"four";', id="a wrong length"),
        pytest.param('s:999999999:"x";', id="a length beyond the end"),
        pytest.param("a:2:{i:0;i:1;}", id="an entry too few"),
        pytest.param("a:1:{i:0;i:1;i:1;i:2;}", id="an entry too many"),
        pytest.param("a:1:{N;i:1;}", id="a key that is none"),
        pytest.param("a:1:{b:1;i:1;}", id="a key that is true"),
        pytest.param("i:1;i:2;", id="something after the value"),
        pytest.param('O:8:"stdClass":0:{}', id="an object"),
        pytest.param('C:1:"X":0:{}', id="an object with its own reader"),
        pytest.param("R:1;", id="a reference"),
        pytest.param("d:1.2.3;", id="a number with two points"),
        pytest.param("a:1:{i:0;" * 40 + "i:1;" + "}" * 40, id="deeper than allowed"),
        pytest.param('s:1:"é";', id="half a letter"),
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(MalformedSerialization):
        loads(text)


def test_there_is_a_longest_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phpserialize, "LONGEST", 10)

    with pytest.raises(MalformedSerialization):
        loads('s:20:"' + "x" * 20 + '";')


@given(st.text(alphabet='aisbdNOR:;{}"0123456789.x'))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(MalformedSerialization):
        loads(text)
