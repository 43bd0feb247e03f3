"""A stored folder of format 1 is read for ever: every record, byte for byte, with all that it proves."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from sptool.cli.main import call
from sptool.records.plain import to_plain
from sptool.resources import shipped
from sptool.store.casebook import Casebook
from sptool.store.folder import open_case_folder
from sptool.store.reading import Snapshot
from sptool.text.yaml import write_yaml
from sptool.workflow.edition import load_edition
from tests.format_1.storing import LATER, digest_of, read

STORED = Path(__file__).parent
ALL_REFS = ("+refs/heads/main:refs/heads/main", "+refs/particulars/*:refs/particulars/*")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stored folder, brought back from its bundle."""
    made = tmp_path_factory.mktemp("format-1") / "cases"
    for words in (
        ("init", "-q", "-b", "main", str(made)),
        ("-C", str(made), "fetch", "-q", "-u", str(STORED / "folder.bundle"), *ALL_REFS),
        ("-C", str(made), "reset", "-q", "--hard"),
    ):
        subprocess.run(["git", *words], check=True)
    return made


def test_the_stored_folder_says_that_it_is_of_format_1(folder: Path) -> None:
    assert open_case_folder(folder).settings.format == 1


def test_every_record_is_read_and_in_its_place(folder: Path) -> None:
    assert read(folder) == json.loads((STORED / "expected.json").read_text(encoding="utf-8"))


def test_every_record_is_written_again_to_the_same_bytes(folder: Path) -> None:
    opened = open_case_folder(folder)
    snapshot = Snapshot(opened, "main")
    contents = snapshot.read(snapshot.paths())
    by_id = {path.removesuffix(".yaml").rpartition("-")[2]: content for path, content in contents.items()}
    book = Casebook(opened, "main", load_edition)
    written = [record for case in (book.register, *book.cases()) for record in case.records]
    assert len(written) > 130
    assert [record.id for record in written if write_yaml(to_plain(record)) != by_id[record.id]] == []


def test_the_stored_history_still_holds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint = str(STORED / "checkpoint.txt")
    code = call(["--cases", str(folder), "--today", LATER, "verify", "--against", checkpoint, "--json"])
    report = json.loads(capsys.readouterr().out)
    assert (code, [one for one in report["findings"] if one["verdict"] == "failed"]) == (0, [])


def test_a_released_schema_never_changes() -> None:
    stored = json.loads((STORED / "schemas.json").read_text(encoding="utf-8"))
    schemas = shipped("schemas")
    assert {name: digest_of((schemas / name).read_bytes()) for name in stored} == stored
