"""The folder of backups: each content once, snapshots that are whole or not there, damage that is found."""

import json
from pathlib import Path

import pytest

from broadsheet.web.backup.vault import Snapshot, Vault, VaultError, vault_at


def a_vault(folder: Path) -> Vault:
    vault = vault_at(str(folder / "backups"))
    vault.create_missing()
    return vault


def a_snapshot(vault: Vault, name: str, files: dict[str, str]) -> Snapshot:
    source = Path(str(vault)).parent / "source"
    kept = {}
    for path, text in files.items():
        source.write_text(text)
        kept[path] = vault.add(source)
    snapshot = Snapshot(name, "0.1", "sqlite", kept)
    vault.keep(snapshot)
    return snapshot


def place_of(vault: Vault, snapshot: Snapshot, path: str) -> Path:
    return Path(str(vault)) / vault.place_of(snapshot.files[path])


def contents(vault: Vault) -> list[Path]:
    return [path for path in Path(str(vault)).glob("objects/*/*") if path.is_file()]


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)

    a_snapshot(vault, "2026-01-01", {"media/a.jpg": "harbour", "media/b.jpg": "harbour"})
    a_snapshot(vault, "2026-01-02", {"media/a.jpg": "harbour", "media/c.jpg": "ferry"})

    assert len(contents(vault)) == 2


def test_a_snapshot_is_read_as_it_was_kept(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    kept = a_snapshot(vault, "2026-01-01", {"media/ÄÖ ü.jpg": "harbour", "broadsheet.db": ""})

    assert vault.snapshot() == vault.snapshot("2026-01-01") == kept
    assert list(vault.damaged(kept)) == []


def test_the_newest_snapshot_is_meant_when_none_is_named(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    for name in ("2026-01-02", "2026-01-01"):
        a_snapshot(vault, name, {})

    assert vault.snapshot().name == "2026-01-02"


@pytest.mark.parametrize(
    "damage", [b"", b"harbouR", b"harbour and more"], ids=["cut", "flipped", "longer"]
)
def test_a_damaged_content_is_named_by_its_file(tmp_path: Path, damage: bytes) -> None:
    vault = a_vault(tmp_path)
    snapshot = a_snapshot(vault, "2026-01-01", {"a.jpg": "harbour", "b.jpg": "ferry"})

    place_of(vault, snapshot, "a.jpg").write_bytes(damage)

    assert list(vault.damaged(snapshot)) == ["a.jpg"]


def test_a_damaged_content_is_mended_by_the_next_backup_only_if_its_size_tells(
    tmp_path: Path,
) -> None:
    vault = a_vault(tmp_path)
    snapshot = a_snapshot(vault, "2026-01-01", {"a.jpg": "harbour"})
    place_of(vault, snapshot, "a.jpg").write_bytes(b"har")

    a_snapshot(vault, "2026-01-02", {"a.jpg": "harbour"})

    assert list(vault.damaged(vault.snapshot())) == []


@pytest.mark.parametrize(
    "described",
    [
        "",
        "{}",
        "[]",
        '{"checksum": "0", "format": 1}',
        json.dumps({"format": 1, "files": {"../x": {}}, "checksum": "0"}),
    ],
    ids=["empty", "nothing", "a list", "wrong checksum", "half"],
)
def test_a_damaged_description_is_refused_in_one_line(tmp_path: Path, described: str) -> None:
    vault = a_vault(tmp_path)
    a_snapshot(vault, "2026-01-01", {"a.jpg": "harbour"})
    (Path(str(vault)) / "snapshots" / "2026-01-01.json").write_text(described)

    with pytest.raises(VaultError, match=r"2026-01-01.json is damaged: [^\n]+"):
        vault.snapshot()


def test_an_edited_description_is_refused(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    a_snapshot(vault, "2026-01-01", {"a.jpg": "harbour"})
    path = Path(str(vault)) / "snapshots" / "2026-01-01.json"
    path.write_text(path.read_text().replace("a.jpg", "b.jpg"))

    with pytest.raises(VaultError, match="checksum"):
        vault.snapshot()


def test_old_snapshots_are_forgotten_with_what_only_they_held(tmp_path: Path) -> None:
    vault = a_vault(tmp_path)
    a_snapshot(vault, "2026-01-01", {"a": "only then", "b": "always"})
    a_snapshot(vault, "2026-01-02", {"b": "always", "c": "since"})
    a_snapshot(vault, "2026-01-03", {"b": "always", "c": "since"})

    assert vault.prune(2) == 1

    assert vault.names() == ["2026-01-02", "2026-01-03"]
    assert sorted(path.read_text() for path in contents(vault)) == ["always", "since"]
    assert vault.prune(2) == 0


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "holiday.jpg").touch()

    with pytest.raises(VaultError, match="folder of their own"):
        a_vault(tmp_path)


@pytest.mark.parametrize("name", ["", "2026-01-09"])
def test_a_snapshot_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    vault = a_vault(tmp_path)
    if name:
        a_snapshot(vault, "2026-01-01", {})

    with pytest.raises(VaultError, match="There is no backup"):
        vault.snapshot(name)
