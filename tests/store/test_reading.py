"""Records are read from commits, whatever the working tree looks like."""

from __future__ import annotations

from sptool.store.folder import CaseFolder
from sptool.store.reading import Snapshot, head

from .setting import CASE, git, path_of, record


def test_a_snapshot_is_as_the_commit_has_it(folder: CaseFolder) -> None:
    first = Snapshot(folder, head(folder))
    record(folder, "a1")
    record(folder, "a2")
    (folder.root / path_of("a1")).write_text("edited by hand\n")
    now = Snapshot(folder, head(folder))
    assert first.paths(f"2026/{CASE}") == []
    assert now.paths(f"2026/{CASE}") == now.paths("2026") == [path_of("a1"), path_of("a2")]
    assert now.paths() == sorted([*first.paths(), path_of("a1"), path_of("a2")])
    wanted = [path_of("a2"), "missing", path_of("a1"), "2026"]
    assert now.read(wanted) == {
        path_of("a2"): b"record: note/1\nid: a2\n",
        path_of("a1"): b"record: note/1\nid: a1\n",
    }
    assert now.read([]) == {}


def test_a_folder_keeps_its_id_until_something_in_it_changes(folder: CaseFolder) -> None:
    record(folder, "a1")
    before = Snapshot(folder, head(folder))
    git(folder.root, "commit", "-q", "--allow-empty", "-m", "elsewhere")
    same = Snapshot(folder, head(folder))
    record(folder, "a2")
    after = Snapshot(folder, head(folder))
    case = f"2026/{CASE}"
    assert before.tree_id(case) == same.tree_id(case) != after.tree_id(case)
    assert before.tree_id("2026/TST-2026-ZZZZZ") is None
    assert before.tree_id() == git(folder.root, "rev-parse", f"{before.commit}^{{tree}}").strip()


def test_odd_names_that_somebody_committed_are_read(folder: CaseFolder) -> None:
    for name in ("two\nlines.txt", "é space.txt", "a*b.txt"):
        (folder.root / name).write_text(f"{name}!")
    git(folder.root, "add", "-A")
    git(folder.root, "commit", "-q", "-m", "by hand")
    now = Snapshot(folder, head(folder))
    assert {"two\nlines.txt", "é space.txt", "a*b.txt"} < set(now.paths())
    assert now.read(["two\nlines.txt", "é space.txt", "a*b.txt", "no\nthing"]) == {
        "two\nlines.txt": b"two\nlines.txt!",
        "é space.txt": "é space.txt!".encode(),
        "a*b.txt": b"a*b.txt!",
    }
