"""Housekeeping loses nothing, leaves particulars where an erasure destroys them, and may be cut short at any time."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sptool.desk.held import read_particulars
from sptool.errors import StepRefused
from sptool.store.folder import CaseFolder
from sptool.store.graphs import has_graph, knows_paths
from sptool.store.lock import locked
from sptool.store.packing import small_ones
from sptool.store.recording import repair
from sptool.store.tidying import is_tidying_due, keep_history_quick, tidy

from .erasing import erase
from .setting import CASE, REF, assert_sound, everything, git, holds, record, secret

RARE = "00" + "a" * 38
"""An id such as one commit in 256 has."""


def silent(doing: str) -> None:
    del doing


def tidied(folder: CaseFolder) -> None:
    """Tidies, and takes away the note of it, for `assert_sound`."""
    tidy(folder, silent)
    (folder.workshop / "tidied").unlink()
    folder.reader.close()  # a git that lives on knows packed refs by the second, and here several tidyings share one


def loose(folder: CaseFolder) -> set[str]:
    """The ids of the objects that lie alone."""
    return {path.parent.name + path.name for path in (folder.root / ".git" / "objects").glob("??/*")}


def packs(folder: CaseFolder) -> list[Path]:
    return sorted((folder.root / ".git" / "objects" / "pack").glob("*.pack"))


def packed(folder: CaseFolder) -> set[str]:
    """The ids of the objects in packs."""
    shown = (git(folder.root, "verify-pack", "-v", str(pack)) for pack in packs(folder))
    return {line.split()[0] for text in shown for line in text.splitlines() if len(line.split()[0]) == 40}


def reachable(folder: CaseFolder, ref: str) -> set[str]:
    return set(git(folder.root, "rev-list", "--objects", "--no-object-names", ref).split())


def in_graph(folder: CaseFolder, commit: str) -> bool:
    """Whether git's list of commits has this one."""
    layers = (folder.root / ".git" / "objects" / "info" / "commit-graphs").glob("*.graph")
    return any(bytes.fromhex(commit) in layer.read_bytes() for layer in layers)


def test_main_is_packed_and_particulars_stay_outside(folder: CaseFolder) -> None:
    for name in ("a1", "a2", "a3"):
        record(folder, name)
    before = everything(folder)
    said: list[str] = []
    done = tidy(folder, said.append)
    assert done.packed == len(reachable(folder, "main"))
    assert done.packs == 1
    assert packed(folder) == reachable(folder, "main")
    assert loose(folder) == reachable(folder, REF)
    assert everything(folder) == before
    assert len(said) == 3
    assert knows_paths(folder.root)
    (folder.workshop / "tidied").unlink()
    assert_sound(folder)


def test_only_mains_commits_are_listed(folder: CaseFolder) -> None:
    record(folder, "a1")
    tidied(folder)
    assert in_graph(folder, git(folder.root, "rev-parse", "main").strip())
    assert not in_graph(folder, git(folder.root, "rev-parse", REF).strip())


def test_tidying_again_changes_nothing(folder: CaseFolder) -> None:
    record(folder, "a1")
    tidied(folder)
    before = packs(folder), loose(folder), everything(folder)
    assert tidy(folder, silent).packed == 0
    assert (packs(folder), loose(folder), everything(folder)) == before


def test_nothing_that_nobody_leads_to_is_pruned(folder: CaseFolder, tmp_path: Path) -> None:
    lost = tmp_path / "lost"
    lost.write_bytes(b"somebody's own\n")
    git(folder.root, "hash-object", "-w", str(lost))
    record(folder, "a1")
    tidied(folder)
    assert holds(folder.root, b"somebody's own\n")


def test_steps_after_tidying_are_recorded_and_tidied_in_their_turn(folder: CaseFolder) -> None:
    for number in range(12):
        record(folder, f"a{number}")
        tidied(folder)
        assert_sound(folder)
    assert len(packs(folder)) <= 4
    assert packed(folder) == reachable(folder, "main")
    assert len(read_particulars(folder, CASE)) == 12


@pytest.mark.parametrize(
    ("sizes", "joined"),
    [([], 0), ([5], 0), ([5, 5], 2), ([5, 9], 2), ([5, 10], 0), ([5, 10, 29], 3), ([5, 10, 30, 400], 0), ([1] * 9, 9)],
)
def test_packs_are_joined_while_they_are_small(sizes: list[int], joined: int) -> None:
    places = {Path(f"{number}.pack"): size for number, size in enumerate(sizes)}
    assert len(small_ones(places)) == joined


def test_a_pack_that_git_was_asked_to_keep_is_kept(folder: CaseFolder) -> None:
    record(folder, "a1")
    tidied(folder)
    (kept,) = packs(folder)
    kept.with_suffix(".keep").write_bytes(b"")
    record(folder, "a2")
    tidied(folder)
    assert kept in packs(folder)


@pytest.mark.parametrize("by_hand", [False, True])
def test_an_erasure_after_tidying_leaves_no_trace(folder: CaseFolder, by_hand: bool) -> None:
    record(folder, "a1")
    record(folder, "a2")
    if by_hand:  # somebody's own git packs everything, particulars too
        git(folder.root, "gc", "-q")
        git(folder.root, "commit-graph", "write", "--reachable")
    tidied(folder)
    record(folder, "a3")
    tidied(folder)
    doomed = reachable(folder, REF)
    tip = git(folder.root, "rev-parse", REF).strip()
    assert erase(folder)
    assert not doomed & (loose(folder) | packed(folder))
    assert not any(holds(folder.root, secret(name)) for name in ("a1", "a2", "a3"))
    for path in (folder.root / ".git").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert tip.encode() not in content, path
        assert bytes.fromhex(tip) not in content, path
        assert CASE.encode() not in content or path.name == "index" or "logs" in path.parts, path
    assert_sound(folder)


def test_after_one_step_in_256_the_newest_commits_are_listed(folder: CaseFolder) -> None:
    record(folder, "a1")
    keep_history_quick(folder, "01" + RARE[2:])
    assert not has_graph(folder.root)
    keep_history_quick(folder, RARE)
    assert knows_paths(folder.root)
    commit = record(folder, "a2")
    assert not in_graph(folder, commit)
    keep_history_quick(folder, RARE)
    assert in_graph(folder, commit)
    assert not in_graph(folder, git(folder.root, "rev-parse", REF).strip())
    assert_sound(folder)


def test_a_long_history_without_a_list_gets_none_by_the_way(folder: CaseFolder) -> None:
    tree, parent = git(folder.root, "rev-parse", "main^{tree}", "main").split()
    who = "committer U <u@x.invalid> 1772442847 +0000\ndata 2\nx\n"
    first = f'commit refs/heads/main\n{who}from {parent}\nM 040000 {tree} ""\n\n'
    many = first + f"commit refs/heads/main\n{who}\n" * 4100
    git_import(folder, many)
    keep_history_quick(folder, RARE)
    assert not has_graph(folder.root)
    git(folder.root, "commit-graph", "write", "--reachable")
    tidy(folder, silent)
    assert knows_paths(folder.root)


def git_import(folder: CaseFolder, stream: str) -> None:
    folder.git.run("fast-import", "--quiet", stdin=stream.encode())


def test_while_another_sptool_writes_the_list_waits_and_tidying_is_refused(
    folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(folder, "a1")
    before = everything(folder), loose(folder)
    monkeypatch.setattr("sptool.store.tidying.PATIENCE", 0.0)
    with locked(folder.workshop):
        keep_history_quick(folder, RARE)
        with pytest.raises(StepRefused, match="at work"):
            tidy(folder, silent)
    assert not has_graph(folder.root)
    assert (everything(folder), loose(folder)) == before


def test_what_a_tidying_that_was_killed_left_behind_is_cleared_away(folder: CaseFolder) -> None:
    record(folder, "a1")
    tidied(folder)
    repository = folder.root / ".git"
    graphs = repository / "objects" / "info" / "commit-graphs"
    left = [repository / "packed-refs.lock", repository / "packed-refs.new", repository / f"{REF}.lock"]
    left += [repository / "refs" / "heads" / "main.lock", graphs / "commit-graph-chain.lock", graphs / "tmp_graph_abc"]
    unfinished = folder.workshop / "packing" / "pack" / "tmp_pack_abc"
    for path in (*left, unfinished):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    (folder.workshop / "tidying").write_bytes(b"")
    repair(folder)
    assert not any(path.exists() for path in (*left, unfinished))
    record(folder, "a2")
    tidied(folder)
    assert_sound(folder)


def test_what_is_left_of_a_removed_pack_is_cleared_away(folder: CaseFolder) -> None:
    record(folder, "a1")
    tidied(folder)
    (pack,) = packs(folder)
    remainder = pack.with_name("pack-" + "ab" * 20 + ".idx")
    shutil.copy(pack.with_suffix(".idx"), remainder)
    tidied(folder)
    assert not remainder.exists()
    assert_sound(folder)


def test_it_is_due_when_much_lies_about(folder: CaseFolder) -> None:
    assert not is_tidying_due(folder)
    place = folder.root / ".git" / "objects" / "17"
    place.mkdir(exist_ok=True)
    for number in range(27):
        (place / f"{number:038x}").write_bytes(b"")
    assert is_tidying_due(folder)
    (folder.workshop / "tidied").write_text("27")  # particulars, which are never packed
    assert not is_tidying_due(folder)
    (folder.workshop / "tidied").write_text("?")
    assert not is_tidying_due(folder)


def test_tidying_notes_what_it_left(folder: CaseFolder) -> None:
    tidy(folder, silent)
    assert int((folder.workshop / "tidied").read_text()) < 27
    if os.name == "posix":
        assert (folder.workshop / "tidied").stat().st_mode & 0o077 == 0
