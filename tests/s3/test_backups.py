"""Backups on a real S3-compatible store."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from broadsheet.web.backup.vault import Snapshot, Vault, vault_at

from .swift import Store

LARGE = 20_000_000  # bytes, which boto3 sends in parts


@pytest.fixture
def client(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    found = boto3.client("s3")
    found.create_bucket(Bucket="backups")
    yield found
    while objects := found.list_objects_v2(Bucket="backups").get("Contents"):
        for each in objects:
            found.delete_object(Bucket="backups", Key=each["Key"])
    found.delete_bucket(Bucket="backups")


def backed_up(folder: Path, name: str, files: dict[str, bytes], key: str) -> Vault:
    vault = vault_at("s3://backups/paper", key)
    vault.create_missing()
    kept = {}
    for path, body in files.items():
        (folder / "source").write_bytes(body)
        kept[path] = vault.add(folder / "source")
    vault.keep(Snapshot(name, "0.1", "sqlite", kept))
    return vault


@pytest.mark.parametrize("key", ["", "k" * 44], ids=["not sealed", "sealed"])
def test_a_backup_comes_back_as_it_was(client: Any, tmp_path: Path, key: str) -> None:
    files = {"media/Hafen – größer.jpg": os.urandom(LARGE), "empty": b""}
    backed_up(tmp_path, "2026-01-01", files, key)

    vault = vault_at("s3://backups/paper", key)
    snapshot = vault.snapshot()
    assert list(vault.damaged(snapshot)) == []
    for number, (path, body) in enumerate(files.items()):
        assert vault.copy(snapshot.files[path], tmp_path / str(number))
        assert (tmp_path / str(number)).read_bytes() == body


def test_what_is_changed_in_the_store_is_found(client: Any, tmp_path: Path) -> None:
    vault = backed_up(tmp_path, "2026-01-01", {"a": b"harbour", "b": b"ferry"}, "k" * 44)
    place = f"paper/{vault.place_of(vault.snapshot().files['a'])}"
    body = client.get_object(Bucket="backups", Key=place)["Body"].read()
    client.put_object(Bucket="backups", Key=place, Body=body[:-1] + bytes([body[-1] ^ 1]))

    again = vault_at("s3://backups/paper", "k" * 44)

    assert list(again.damaged(again.snapshot())) == ["a"]


def test_the_oldest_are_forgotten(client: Any, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        vault = backed_up(tmp_path, f"2026-01-0{day}", {"a": b"day %d" % day}, "")

    assert vault.prune(2) == 1

    again = vault_at("s3://backups/paper")
    assert again.names() == ["2026-01-02", "2026-01-03"]
    assert len(list(again._shelf.names("objects/"))) == 2
