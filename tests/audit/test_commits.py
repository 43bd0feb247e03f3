"""A commit read from its bytes, held against what git says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sptool.audit.history import UnreadableCommit, commit_ids, newest_commit, read_commit, read_history
from sptool.store.folder import open_case_folder
from sptool.store.git import GitFailed
from sptool.store.streaming import answering, stream_objects

PLAIN = (
    b"tree aa\nparent bb\nparent cc\nauthor One <one@testshire.invalid> 5 +0000\n"
    b"committer Two <two@testshire.invalid> 6 +0100\ngpgsig -----BEGIN\n line\n -----END\n\nSubject\n\nBody\n"
)


def test_everything_that_a_commit_says_is_read() -> None:
    commit = read_commit("dd", PLAIN)
    assert (commit.tree, commit.parents, commit.message) == ("aa", ("bb", "cc"), "Subject\n\nBody\n")
    assert (commit.author.email, commit.author.at, commit.committer.zone) == ("one@testshire.invalid", 5, "+0100")
    assert commit.gpgsig == b"-----BEGIN\nline\n-----END"
    assert commit.headers == ("tree", "parent", "parent", "author", "committer", "gpgsig")


def test_a_signature_is_made_over_the_commit_without_it() -> None:
    assert read_commit("dd", PLAIN).signed_payload == PLAIN.replace(b"gpgsig -----BEGIN\n line\n -----END\n", b"")


@pytest.mark.parametrize(
    "damaged", [b"", b"tree aa\n\nx", PLAIN.replace(b" 5 +0000", b""), PLAIN.replace(b"tree", b"t")]
)
def test_what_is_no_commit_is_refused(damaged: bytes) -> None:
    with pytest.raises(UnreadableCommit):
        read_commit("dd", damaged)


def test_the_history_is_what_git_says(demo_folder: Path) -> None:
    folder = open_case_folder(demo_folder)
    ids = commit_ids(folder.git, newest_commit(folder.git))
    read = list(read_history(folder, ids))
    said = folder.git.run("log", "--topo-order", "--reverse", "--format=%H %T %ae %at", "main").decode().splitlines()
    ours = [f"{one.commit.id} {one.commit.tree} {one.commit.author.email} {one.commit.author.at}" for one in read]
    assert ours == said
    for one in read[1:]:
        files = folder.git.run("diff-tree", "-r", "--name-only", "--no-commit-id", one.commit.id).decode().split()
        assert [change.path for change in one.changes[0]] == files


def test_very_many_objects_are_read_one_by_one(demo_folder: Path) -> None:
    folder = open_case_folder(demo_folder)
    newest = newest_commit(folder.git)
    asked = [newest, "0" * 40, f"{newest}:README.md"] * 3000
    read = list(stream_objects(folder.git, asked))
    assert [kind for kind, _ in read] == ["commit", "missing", "blob"] * 3000
    assert {content for kind, content in read if kind == "missing"} == {b""}
    assert len({content for _, content in read}) == 3


def test_reading_may_stop_half_way(demo_folder: Path) -> None:
    folder = open_case_folder(demo_folder)
    reading = stream_objects(folder.git, [newest_commit(folder.git)] * 100_000)
    assert next(reading)[0] == "commit"
    reading.close()


def test_a_git_that_fails_is_not_taken_for_one_that_ended(demo_folder: Path) -> None:
    folder = open_case_folder(demo_folder)
    with pytest.raises(GitFailed), answering(folder.git, "cat-file", "--no-such", questions=[b"x\n"]) as answers:
        assert answers.until(b"\n") == b""
