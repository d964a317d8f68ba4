"""The operator's table decides what becomes of each category."""

import io
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importers.wordpress import categories, wxr
from broadsheet.importers.wordpress.categories import Becomes, Rule, UnusableTable
from broadsheet.importers.wordpress.export import Item, TermUse
from broadsheet.importers.wordpress.survey import survey

from .exports import a_category, an_export, an_item

FILED = (
    '<category domain="category" nicename="harbour"><![CDATA[Harbour]]></category>'
    '<category domain="category" nicename="odds"><![CDATA[Odds]]></category>'
)


def the_item(export: bytes) -> Item:
    records = wxr.read(io.BytesIO(export), zone=UTC)
    return next(record for record in records if isinstance(record, Item))


ITEM = the_item(an_export(an_item(1, inside=FILED)))


@pytest.mark.parametrize(
    ("rule", "uses"),
    [
        pytest.param(
            Rule(Becomes.SECTION, "port"), TermUse("category", "port", ""), id="merged into another"
        ),
        pytest.param(
            Rule(Becomes.TAG, "odds"), TermUse("post_tag", "odds", "Odds"), id="made a tag"
        ),
        pytest.param(Rule(Becomes.NOTHING, "odds"), None, id="dropped"),
    ],
)
def test_a_category_is(rule: Rule, uses: TermUse | None) -> None:
    found = categories.apply(ITEM, {"odds": rule})

    assert found.terms == tuple(filter(None, (TermUse("category", "harbour", "Harbour"), uses)))


def test_the_table_that_is_written_changes_nothing_when_it_is_read() -> None:
    export = an_export(
        a_category("harbour", "Harbour"), a_category("odds", "Odds"), an_item(1, inside=FILED)
    )
    table = categories.write(survey(wxr.read(io.BytesIO(export), zone=UTC)))

    rules = categories.read(table)

    assert rules == {"harbour": Rule(Becomes.SECTION, "harbour"), "odds": Rule(Becomes.TAG, "odds")}


def test_a_spreadsheet_may_write_semicolons_and_a_byte_order_mark() -> None:
    assert categories.read("\ufeffcategory;becomes;into\nodds;Tag;ends\n") == {
        "odds": Rule(Becomes.TAG, "ends")
    }


@pytest.mark.parametrize(
    ("table", "line"),
    [
        pytest.param("category,into\nodds,x\n", 1, id="a column is missing"),
        pytest.param(
            "category,becomes\nharbour,tag\nodds,page\n", 3, id="it says what we don't know"
        ),
        pytest.param("", 1, id="it is empty"),
    ],
)
def test_a_table_is_refused_when(table: str, line: int) -> None:
    with pytest.raises(UnusableTable) as refused:
        categories.read(table)

    assert refused.value.line == line


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        categories.read(text)
    except UnusableTable:
        return
