"""A backup describes itself, and says what was changed."""

import pytest

from newsroom.backup.manifest import (
    CHECKSUMS,
    MANIFEST,
    BackupError,
    Manifest,
    check_files,
    checksum_of,
    read_checksums,
    write_checksums,
)


@pytest.fixture
def manifest(tmp_path):
    """Return the manifest of a backup of one file in `tmp_path`."""
    (tmp_path / "a.webp").write_bytes(b"picture")
    checksums = write_checksums(tmp_path, {"a.webp": checksum_of(tmp_path / "a.webp")})
    manifest = Manifest("sqlite", "2026-03-20T18:00:00+00:00", {"articles_article": 3}, ["articles.0001"], checksums)
    manifest.write(tmp_path)
    return manifest


def test_what_was_written_is_read_again(manifest, tmp_path):
    assert Manifest.load(tmp_path) == manifest
    assert list(check_files(tmp_path, read_checksums(tmp_path, manifest))) == ["a.webp"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "missing or damaged"), ("{}", "missing or damaged"), ('{"format": 99}', "another version")],
)
def test_a_manifest_that_cannot_be_read_says_why(manifest, tmp_path, text, words):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(BackupError, match=words):
        Manifest.load(tmp_path)


def test_another_list_of_checksums_is_refused(manifest, tmp_path):
    (tmp_path / CHECKSUMS).write_text("")
    with pytest.raises(BackupError, match="is not the one"):
        read_checksums(tmp_path, manifest)


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_a_file_that_is_not_what_it_was_is_named(manifest, tmp_path, damage):
    file = tmp_path / "a.webp"
    file.write_bytes(b"other") if damage == "changed" else file.unlink()
    with pytest.raises(BackupError, match=r"a\.webp"):
        list(check_files(tmp_path, read_checksums(tmp_path, manifest)))
