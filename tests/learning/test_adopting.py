"""Filters that earlier versions kept in files go into the database, once."""

from pathlib import Path

import pytest

from broadsheet.learning import adopting, checkpoints
from broadsheet.learning.models import FIRST, Head
from broadsheet.learning.trainer import Follower
from broadsheet.spam import SpamFilter, Submission

pytestmark = pytest.mark.django_db
ISLAND = 7


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of a site whose log has come to 50."""
    Head.objects.update_or_create(pk=1, defaults={"position": 50})
    return tmp_path / "model"


def filter_that_learnt(text: str) -> SpamFilter:
    found = SpamFilter.shipped()
    found.learn(Submission(text=text), is_spam=True)
    return found


def save(spam_filter: SpamFilter, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    spam_filter.save(file)


def known(paper: int = FIRST) -> str:
    follower = Follower(paper)
    follower.catch_up()
    return follower.state()[1]


def test_what_files_know_is_known_by_every_node(folder: Path) -> None:
    running = Follower()
    running.catch_up()
    mine, islands = filter_that_learnt("Casino coins"), filter_that_learnt("Cheap pills")
    save(SpamFilter.shipped(), folder / f"{10:020}.model")
    save(mine, folder / f"{40:020}.model")
    save(islands, folder / str(ISLAND) / f"{30:020}.model")

    adopting.adopt(folder)

    assert known() == mine.checksum()
    assert known(ISLAND) == islands.checksum()
    running.catch_up()
    assert running.state()[1] == mine.checksum()
    assert not folder.exists()


def test_a_file_that_knows_more_than_the_log_or_is_damaged_is_passed_over(folder: Path) -> None:
    older = filter_that_learnt("Casino coins")
    save(filter_that_learnt("Cheap pills"), folder / f"{51:020}.model")
    (folder / f"{45:020}.model").write_bytes(b"nothing of use")
    save(older, folder / f"{20:020}.model")

    adopting.adopt(folder)

    assert known() == older.checksum()


def test_the_first_nodes_files_are_taken_and_those_of_others_are_not(folder: Path) -> None:
    first = filter_that_learnt("Casino coins")
    save(first, folder / f"{40:020}.model")
    adopting.adopt(folder)
    there = checkpoints.positions()
    save(filter_that_learnt("Cheap pills"), folder / f"{45:020}.model")

    adopting.adopt(folder)

    assert known() == first.checksum()
    assert checkpoints.positions() == there
    assert not folder.exists()


def test_a_site_without_files_stays_as_it_is(folder: Path) -> None:
    adopting.adopt(folder)

    assert checkpoints.positions() == []
