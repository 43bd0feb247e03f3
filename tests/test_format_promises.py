"""What docs/format.md says of what lies beside the records: checkpoints, private files, and what is promised."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from sptool.audit.checkpoints import FIELDS, NAMESPACE, VERSION, extent
from sptool.cli.main import call
from sptool.store.folder import NEWEST_FORMAT, open_case_folder

PAGE = (Path(__file__).parents[1] / "docs" / "format.md").read_text(encoding="utf-8")
CHECKPOINTS = PAGE.split("### Checkpoints")[1].split("\n## ")[0]
BESIDE = PAGE.split("### Beside the records")[1].split("\n## ")[0]


def first_cells(section: str) -> set[str]:
    """The names in the first column of a section's table."""
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_the_page_describes_the_format_that_new_folders_have() -> None:
    assert f"**This is format {NEWEST_FORMAT}, and it is frozen.**" in PAGE
    assert f"## What format {NEWEST_FORMAT} promises" in PAGE


def test_every_field_of_a_checkpoint_is_explained() -> None:
    assert first_cells(CHECKPOINTS) - {VERSION} == set(FIELDS)
    assert f"`{VERSION}`" in CHECKPOINTS
    assert f"`{NAMESPACE}`" in CHECKPOINTS


def test_the_digests_of_a_checkpoint_are_made_as_the_page_says(demo_folder: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "-z", "--name-only", "main"], cwd=demo_folder, capture_output=True, check=True
    )
    paths = sorted(path for path in listed.stdout.split(b"\0") if path)
    lines = {path: _line(demo_folder, path) for path in paths}
    reached = extent(open_case_folder(demo_folder), "main")
    assert reached.files_sha256 == sha256(b"".join(lines.values())).hexdigest()
    register = (line for path, line in lines.items() if path.startswith(b"register/"))
    assert reached.register_sha256 == sha256(b"".join(register)).hexdigest()


def _line(folder: Path, path: bytes) -> bytes:
    content = (folder / path.decode()).read_bytes()
    return sha256(content).hexdigest().encode() + b"  " + path + b"\n"


@pytest.fixture
def used(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of the practice folder in which an officer has looked around."""
    folder = tmp_path / "cases"
    shutil.copytree(demo_folder, folder)
    for words in (("overdue",), ("search", "child"), ("list", "--all")):
        call(["--cases", str(folder), *words])
    return folder


def test_whatever_lies_beside_the_records_is_explained(used: Path) -> None:
    found = {path.name for path in (used / ".git" / "sptool").iterdir()}
    assert {"index.sqlite", "bank-holidays.json", "shown"} <= found <= first_cells(BESIDE)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps who may read a file elsewhere")
def test_whatever_lies_beside_the_records_is_private(used: Path) -> None:
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (used / ".git" / "sptool").iterdir()}
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


def test_no_name_stands_in_what_lies_beside_the_records(used: Path) -> None:
    names = _names_held(used)
    assert len(names) > 5
    for path in (used / ".git" / "sptool").iterdir():
        content = path.read_bytes()
        assert [name for name in names if name.encode() in content] == [], path.name


def _names_held(folder: Path) -> set[str]:
    """The names in the particulars of every case."""
    refs = ("for-each-ref", "--format=%(refname)", "refs/particulars/")
    listed = subprocess.run(["git", *refs], cwd=folder, capture_output=True, check=True).stdout.decode().split()
    texts = [
        subprocess.run(["git", "grep", "-h", "-I", "name:", ref], cwd=folder, capture_output=True, check=False).stdout
        for ref in listed
    ]
    return set(re.findall(r"^(?:- |  )name: (.+)$", b"".join(texts).decode(), re.MULTILINE))
