"""What a stopped git or sptool leaves among the packs is completed or cleared away, and nothing that counts is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder
from sptool.store.git import GitFailed
from sptool.store.remains import mend_packs, packs_of
from sptool.store.tidying import tidy
from tests.faults.failing_git import git_fails

from .erasing import erase
from .setting import REF, assert_sound, everything, git, holds, kept_at, record, secret

LONG_AGO = 1_000_000_000
A_NAME = "pack-" + "ab" * 20


def objects(folder: CaseFolder) -> set[str]:
    """The ids of all objects that git finds."""
    return set(git(folder.root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split())


def packed(folder: CaseFolder, ref: str) -> Path:
    """A whole pack of all that a ref leads to, made by somebody's own git."""
    place = packs_of(folder.root)
    place.mkdir(exist_ok=True)
    ids = git(folder.root, "rev-list", "--objects", "--no-object-names", ref)
    made = folder.git.run("pack-objects", "--quiet", str(place / "pack"), stdin=ids.encode()).decode().strip()
    return place / f"pack-{made}.pack"


def alone(folder: CaseFolder, pack: Path) -> None:
    """Leaves the pack as the only place of what it holds."""
    git(folder.root, "prune-packed", "-q")
    index = pack.with_suffix(".idx")
    index.chmod(0o644)
    index.unlink()


def tidied(folder: CaseFolder) -> None:
    """Tidies twice, records, and finds everything in order."""
    tidy(folder, lambda _: None)
    record(folder, "a8")
    tidy(folder, lambda _: None)
    (folder.workshop / "tidied").unlink()
    folder.reader.close()
    assert_sound(folder)


def names(folder: CaseFolder) -> set[str]:
    return {path.name for path in packs_of(folder.root).iterdir()}


@pytest.mark.parametrize("twice", [False, True], ids=["no index", "an empty index"])
def test_a_pack_without_its_index_gets_one(folder: CaseFolder, twice: bool) -> None:
    record(folder, "a1")
    held = objects(folder)
    pack = packed(folder, "main")
    index = pack.with_suffix(".idx")
    index.chmod(0o644)
    index.unlink()
    if twice:
        index.write_bytes(b"")
    before = everything(folder)
    tidy(folder, lambda _: None)
    assert objects(folder) >= held
    assert everything(folder) == before
    assert {name for name in names(folder) if name.endswith(".pack")} == {
        name.replace(".idx", ".pack") for name in names(folder) if name.endswith(".idx")
    }
    tidied(folder)


def test_what_lay_in_a_pack_without_its_index_only_is_there_again(folder: CaseFolder) -> None:
    record(folder, "a1")
    held = objects(folder)
    alone(folder, packed(folder, REF))
    assert not holds(folder.root, secret("a1"))
    tidy(folder, lambda _: None)
    assert objects(folder) >= held
    tidied(folder)


@pytest.mark.parametrize("ending", [".idx", ".rev", ".bitmap", ".mtimes"])
def test_what_lost_its_pack_goes(folder: CaseFolder, ending: str) -> None:
    record(folder, "a1")
    tidy(folder, lambda _: None)
    left = packs_of(folder.root) / f"{A_NAME}{ending}"
    left.write_bytes(b"left behind")
    tidied(folder)
    assert not left.exists()


@pytest.mark.parametrize("with_pack", [False, True])
def test_what_somebody_put_there_on_purpose_stays(folder: CaseFolder, with_pack: bool) -> None:
    record(folder, "a1")
    pack = packed(folder, "main") if with_pack else packs_of(folder.root) / f"{A_NAME}.pack"
    pack.parent.mkdir(exist_ok=True)
    pack.with_suffix(".keep").write_bytes(b"mine\n")
    if with_pack:
        pack.with_suffix(".idx").chmod(0o644)
        pack.with_suffix(".idx").unlink()
    tidied(folder)
    assert pack.with_suffix(".keep").read_bytes() == b"mine\n"
    assert pack.exists() is pack.with_suffix(".idx").exists() is with_pack


def cut_off(folder: CaseFolder) -> Path:
    """A pack of particulars that ends in the middle, without an index."""
    pack = packed(folder, REF)
    pack.chmod(0o644)
    pack.write_bytes(pack.read_bytes()[:-30])
    pack.with_suffix(".idx").chmod(0o644)
    pack.with_suffix(".idx").unlink()
    return pack


def test_a_folder_under_the_name_of_a_pack_stops_nothing(folder: CaseFolder) -> None:
    (packs_of(folder.root) / f"{A_NAME}.pack").mkdir(parents=True)
    tidied(folder)


def test_half_a_pack_that_nobody_needs_goes(folder: CaseFolder) -> None:
    record(folder, "a1")
    pack = cut_off(folder)
    tidied(folder)
    assert not pack.exists()


def test_half_a_pack_stays_while_something_is_missing(folder: CaseFolder) -> None:
    record(folder, "a1")
    pack = cut_off(folder)
    oid = git(folder.root, "rev-parse", f"{REF}:{kept_at('a1')}").strip()
    (folder.root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    mend_packs(folder.git, folder.workshop / "packing")
    assert pack.exists()


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for git")
def test_a_whole_pack_that_git_can_not_index_now_stays(folder: CaseFolder) -> None:
    record(folder, "a1")
    pack = packed(folder, REF)
    alone(folder, pack)
    with git_fails("index-pack", works=False), pytest.raises(GitFailed):
        tidy(folder, lambda _: None)
    assert pack.exists()
    tidied(folder)
    assert holds(folder.root, secret("a1"))


UNFINISHED = ("tmp_pack_abcdef", "tmp_idx_abcdef", "tmp_rev_abcdef", ".tmp-123-pack-abc.pack", "multi-pack-index.lock")


@pytest.mark.parametrize("name", UNFINISHED)
@pytest.mark.parametrize("mark", ["", "tidying", "erasing"])
def test_what_was_never_finished_goes_once_nobody_is_at_it(folder: CaseFolder, name: str, mark: str) -> None:
    record(folder, "a1")
    tidy(folder, lambda _: None)
    left = packs_of(folder.root) / name
    left.write_bytes(b"unfinished")
    if mark:
        (folder.workshop / mark).write_text("" if mark == "tidying" else f"{REF}")
    tidied(folder)
    assert left.exists() is (mark == "")
    if not mark:
        os.utime(left, (LONG_AGO, LONG_AGO))
        tidy(folder, lambda _: None)
        assert not left.exists()


GRAPHS = "objects/info/commit-graphs"
UNFINISHED_GRAPH = "tmp_graph_abcdef"


@pytest.mark.parametrize(
    "name", [f"{GRAPHS}/commit-graph-chain.lock", f"{GRAPHS}/{UNFINISHED_GRAPH}", "objects/info/commit-graph.lock"]
)
def test_what_stands_in_the_way_of_the_list_of_commits_goes(folder: CaseFolder, name: str) -> None:
    record(folder, "a1")
    tidy(folder, lambda _: None)
    record(folder, "a2")
    (folder.root / ".git" / name).write_bytes(b"")
    tidied(folder)
    assert not (folder.root / ".git" / name).exists()


def test_an_erasure_reaches_into_a_pack_without_an_index(folder: CaseFolder) -> None:
    """A git that is stopped while it removes a pack takes the index first."""
    record(folder, "a1")
    alone(folder, packed(folder, REF))
    git(folder.root, "update-ref", "-d", REF)
    record(folder, "a2")
    erase(folder)
    assert not any(
        path.suffix == ".pack" for path in packs_of(folder.root).iterdir() if not path.with_suffix(".idx").exists()
    )
    assert not holds(folder.root, secret("a1"))
    assert not holds(folder.root, secret("a2"))
    assert_sound(folder)
