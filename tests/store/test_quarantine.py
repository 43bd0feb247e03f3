"""Private objects wait outside, and what is thrown out is only what came in for this step."""

from __future__ import annotations

from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder
from sptool.store.git import Git
from sptool.store.objects import ObjectWriter, let_in, quarantined, throw_out

from .setting import assert_sound, git, holds


@pytest.mark.parametrize("own", [False, True])
def test_thrown_out_is_only_what_was_let_in(folder: CaseFolder, tmp_path: Path, own: bool) -> None:
    picture = tmp_path / "picture"
    picture.write_bytes(b"a picture")
    writer = ObjectWriter(Git(folder.root), quarantined(folder.root, folder.workshop))
    writer.blob(b"a picture")
    assert not holds(folder.root, b"a picture")
    if own:
        git(folder.root, "hash-object", "-w", str(picture))
    let_in(folder.root, folder.workshop)
    assert holds(folder.root, b"a picture")
    throw_out(folder.root, folder.workshop)
    assert holds(folder.root, b"a picture") is own
    assert_sound(folder)


def test_a_folder_with_an_awkward_name_has_a_quarantine_too(folder: CaseFolder, tmp_path: Path) -> None:
    awkward = tmp_path / 'a: "b" \\ c; d'
    folder.root.rename(awkward)
    writer = ObjectWriter(Git(awkward), quarantined(awkward, awkward / ".git" / "sptool"))
    head = git(awkward, "rev-parse", "main").strip()
    assert writer.grafted(head, {"new.txt": writer.blob(b"new")})
