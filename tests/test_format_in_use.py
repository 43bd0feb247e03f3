"""What docs/format.md promises, held against a whole practice folder as the demo makes it."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

from sptool.publishing import file_of
from sptool.records.header import Record
from sptool.records.kinds import KINDS
from sptool.records.plain import model_of, to_plain
from sptool.records.references import case_folder, file_name
from sptool.resources import shipped
from sptool.store.refs import particulars_ref
from sptool.text.yaml import read_plain, write_yaml
from sptool.workflow.subjects import commit_message


def git(root: Path, *words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=root, capture_output=True, check=True).stdout


def record_files(root: Path) -> dict[str, bytes]:
    """Every record on main, by its path."""
    listed = git(root, "ls-tree", "-r", "--name-only", "main").decode().splitlines()
    paths = [path for path in listed if re.match(r"(register|\d{4}/[^/]+)/[^/]+\.yaml$", path)]
    return {path: (root / path).read_bytes() for path in paths}


def read(content: bytes) -> Record:
    data = read_plain(content, "a record")
    model = model_of(data)
    assert not isinstance(model, str), model
    return model.model_validate(data)


def assert_files_are_as_the_page_says(root: Path) -> None:
    """Each record meets its schema, comes back byte for byte, and stands under its own name."""
    schemas = {
        kind: Draft202012Validator(
            json.loads(shipped("schemas", file_of(model)).read_text("utf-8")), format_checker=FormatChecker()
        )
        for kind, model in KINDS.items()
    }
    for path, content in record_files(root).items():
        record = read(content)
        schemas[record.kind].validate(read_plain(content, path))
        assert write_yaml(to_plain(record)) == content
        folder = "register" if record.case == "register" else case_folder(record.case)
        assert path == f"{folder}/{file_name(record.recorded_at, record.kind, record.id)}"


def assert_commits_are_as_the_page_says(root: Path) -> None:
    """After the first, each commit adds one record, with that record's moment and message."""
    log = git(root, "log", "--reverse", "--format=%x00%at %ct%n%B%x01", "--name-status", "main").decode()
    first, *steps = [entry.split("\x01") for entry in log.split("\x00")[1:]]
    assert first[0].split("\n")[1] == "register: case folder made"
    for said, changed in steps:
        (added,) = [line.split("\t") for line in changed.strip().splitlines()]
        dates, _, message = said.partition("\n")
        record = read((root / added[1]).read_bytes())
        assert added[0] == "A"
        assert {datetime.fromtimestamp(int(moment), record.recorded_at.tzinfo) for moment in dates.split()} == {
            record.recorded_at
        }
        assert message.strip() == commit_message(record).strip()


def assert_particulars_are_as_the_page_says(root: Path) -> None:
    """Each file that a record names has the digest that it says, unless the case was lawfully erased."""
    erased = {case for path, content in record_files(root).items() if (case := _erased(path, content))}
    held = 0
    for content in record_files(root).values():
        record = read(content)
        for part in record.private if record.case not in erased else ():
            stored = git(root, "show", f"{particulars_ref(record.case)}:{record.id}/{part.file}")
            assert sha256(stored).hexdigest() == part.sha256
            assert re.match(rb"[0-9a-f]{64}\n", stored)
            held += 1
    assert held
    assert erased


def _erased(path: str, content: bytes) -> str:
    return read(content).case if "-erasure-" in path else ""


def test_the_demo_keeps_what_the_page_promises(demo_folder: Path) -> None:
    assert len(record_files(demo_folder)) > 100
    assert_files_are_as_the_page_says(demo_folder)
    assert_commits_are_as_the_page_says(demo_folder)
    assert_particulars_are_as_the_page_says(demo_folder)


def test_a_clone_that_is_not_a_copy_holds_no_particulars(demo_folder: Path, tmp_path: Path) -> None:
    """What docs/security.md says: `--no-local` leaves particulars behind; without it git copies every object."""
    refs = git(demo_folder, "for-each-ref", "--format=%(objectname)", "refs/particulars/").decode().split()
    assert refs
    git(tmp_path, "clone", "--quiet", "--no-local", str(demo_folder), "clone")
    asked = "".join(f"{commit}\n" for commit in refs).encode()
    answer = subprocess.run(
        ["git", "cat-file", "--batch-check"], cwd=tmp_path / "clone", input=asked, capture_output=True, check=True
    )
    assert answer.stdout.decode().split("\n")[:-1] == [f"{commit} missing" for commit in refs]
