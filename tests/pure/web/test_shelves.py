"""A vault in a bucket, on a store that answers as boto3's client does."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from broadsheet.web.backup.sealing import Seal
from broadsheet.web.backup.shelves import Bucket, ShelfError, shelf_at
from broadsheet.web.backup.vault import Snapshot, Vault, VaultError


class Store:
    """What boto3 asks of S3; verified against a real server by `make test-s3`."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.uploads = 0

    def upload_file(self, file: str, _bucket: str, key: str) -> None:
        self.uploads += 1
        self.objects[key] = Path(file).read_bytes()

    def get_object(self, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803, boto3's
        return {"Body": io.BytesIO(self.objects[Key])}

    def delete_object(self, Bucket: str, Key: str) -> None:  # noqa: N803, boto3's
        del self.objects[Key]

    def get_paginator(self, _name: str) -> "Store":
        return self

    def paginate(self, Bucket: str, Prefix: str) -> Iterator[dict[str, Any]]:  # noqa: N803, boto3's
        for key, body in sorted(self.objects.items()):
            if key.startswith(Prefix):
                yield {"Contents": [{"Key": key, "Size": len(body)}]}
        yield {}


def backed_up(store: Store, folder: Path, name: str, text: str) -> Vault:
    vault = Vault(Bucket(store, "backups", "/paper/"), Seal("k" * 44))
    vault.create_missing()
    source = folder / "source"
    source.write_text(text)
    vault.keep(Snapshot(name, "0.1", "sqlite", {"a.jpg": vault.add(source)}))
    return vault


def test_a_bucket_keeps_what_a_folder_would(tmp_path: Path) -> None:
    store = Store()
    store.objects["other/thing"] = b"not ours"
    backed_up(store, tmp_path, "2026-01-01", "harbour")
    backed_up(store, tmp_path, "2026-01-02", "ferry")
    vault = backed_up(store, tmp_path, "2026-01-03", "ferry")

    assert store.uploads == 3 * 2 + 2  # README and snapshot each time, a content twice
    assert vault.prune(2) == 1
    assert vault.names() == ["2026-01-02", "2026-01-03"]
    assert list(vault.damaged(vault.snapshot())) == []
    assert vault.copy(vault.snapshot().files["a.jpg"], tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "ferry"
    assert store.objects.pop("other/thing") == b"not ours"
    assert all(key.startswith("paper/") for key in store.objects)


def test_a_prefix_with_other_things_is_left_alone(tmp_path: Path) -> None:
    store = Store()
    store.objects["paper/holiday.jpg"] = b""

    with pytest.raises(VaultError, match="prefix of their own"):
        backed_up(store, tmp_path, "2026-01-01", "harbour")


def test_sealed_backups_and_others_do_not_mix(tmp_path: Path) -> None:
    store = Store()
    backed_up(store, tmp_path, "2026-01-01", "harbour")

    with pytest.raises(VaultError, match="are sealed"):
        Vault(Bucket(store, "backups", "paper")).create_missing()


def test_a_store_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match=r"s3://backups/paper/objects"):
        list(Vault(Bucket(Store(), "backups", "paper"))._pieces("objects/x"))


def test_an_address_without_a_bucket_is_refused() -> None:
    with pytest.raises(ShelfError, match="names no bucket"):
        shelf_at("s3:///paper", client=Store)
