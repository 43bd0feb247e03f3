"""Case folders for tests of screens: real git, plainly fictional cases, a command run as an officer runs it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sptool.cli.main import call
from sptool.records.case import Case
from sptool.records.header import REGISTER, EditionUsed, Record
from sptool.records.particulars import Particulars
from sptool.records.plain import to_plain
from sptool.records.references import case_folder, check_character, file_name
from sptool.records.register import EditionAdopted, OfficerAdded
from sptool.resources import shipped
from sptool.store.folder import CaseFolder, FolderSettings
from sptool.store.founding import create_case_folder
from sptool.store.identity import Identity
from sptool.store.recording import Entry, Step, record_step
from sptool.store.refs import particulars_ref
from sptool.text.yaml import write_yaml
from tests.making import id_of

OFFICER = Identity("Officer One", "officer.one@testshire.invalid")
BEGUN = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
EDITION = shipped("templates", "case-folder", "framework", "2022-01.yaml").read_bytes()
USED = EditionUsed(edition="2022-01", sha256=sha256(EDITION).hexdigest())
SALT = "0f" * 32 + "\n"
WIDTH = 80


def _ref(random_part: str) -> str:
    return f"HSP-2026-{random_part}{check_character('2026', random_part)}"


REFS = tuple(map(_ref, ("K7QM", "M4XR", "P2WZ", "T9BD")))
REF = REFS[0]


@dataclass(frozen=True)
class Screen:
    """What a command printed, and the code with which it ended."""

    out: str
    err: str
    code: int

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def make_folder(
    root: Path,
    *cases: Case,
    training: bool = False,
    files: Mapping[str, bytes] | None = None,
    edition: bytes = EDITION,
) -> CaseFolder:
    """A case folder that holds these cases under the references of REFS, and any other files given.

    Args:
        root: where.
        cases: the cases; their records are put under the shipped edition.
        training: whether the folder is for practice.
        files: other files, by path.
        edition: the framework edition that the folder adopts.
    """
    settings = FolderSettings(format=0, prefix="HSP", partnership="Testshire Partnership", training=training)
    contents = {"framework/2022-01.yaml": edition, **_register(sha256(edition).hexdigest()), **(files or {})}
    for ref, case in zip(REFS, cases, strict=False):
        contents |= {path_of(record, ref): bytes_of(record, ref) for record in case.records}
    return create_case_folder(root, settings, contents, OFFICER, BEGUN, "Case folder made\n")


def path_of(record: Record, ref: str) -> str:
    """Where a record's file stands."""
    return f"{case_folder(ref)}/{file_name(record.recorded_at, record.kind, record.id)}"


def bytes_of(record: Record, ref: str) -> bytes:
    """A record's file, under the folder's own edition."""
    return write_yaml(to_plain(record.model_copy(update={"case": ref, "framework": USED})))


def add_particulars(
    folder: CaseFolder, case: Case, wanted: Record, particulars: Particulars, digest: str = ""
) -> Record:
    """Records one step more in the first case, with particulars on the case's own ref; returns its record.

    Args:
        folder: the case folder.
        case: the first case, with all its records.
        wanted: the record to add.
        particulars: what goes onto the particulars ref.
        digest: a digest for the record to hold instead of the true one.
    """
    content = SALT.encode() + write_yaml(to_plain(particulars))
    part = {"file": "particulars.yaml", "sha256": digest or sha256(content).hexdigest()}
    held = type(wanted).model_validate({**wanted.model_dump(by_alias=True), "private": (part,), "after": case.heads})
    private = {particulars_ref(REF): [Entry(f"{held.id}/particulars.yaml", content)]}
    entry = Entry(path_of(held, REF), bytes_of(held, REF))
    record_step(folder, Step([entry], f"{REF}: step\n", OFFICER, held.recorded_at, private), lambda _: None)
    return held


def _register(digest: str) -> dict[str, bytes]:
    header = {"case": REGISTER, "recorded_at": BEGUN, "recorded_by": "officer-one", "written_by": "sptool 0.1.0"}
    common = {**header, "framework": USED, "happened_on": BEGUN.date()}
    adopted = EditionAdopted.model_validate(
        {**common, "record": "edition-adopted/1", "id": id_of("adopted"), "edition": "2022-01", "sha256": digest}
    )
    officers = [
        OfficerAdded.model_validate(
            {
                **common,
                "record": "officer-added/1",
                "id": id_of(officer),
                "officer": officer,
                "name": officer.replace("-", " ").title(),
                "email": f"{officer}@testshire.invalid",
            }
        )
        for officer in ("officer-one", "officer-two")
    ]
    return {
        f"{REGISTER}/{file_name(BEGUN, record.kind, record.id)}": write_yaml(to_plain(record))
        for record in (adopted, *officers)
    }


def run(folder: CaseFolder | None, *words: str, today: str = "2026-03-10") -> Screen:
    """Runs a command that only shows, as if today were the day given."""
    front = ["--today", today] if today else []
    cases = ["--cases", str(folder.root)] if folder else []
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = call(["--no-input", *cases, *front, *words])
    return Screen(out.getvalue(), err.getvalue(), code)


def assert_fits(screen: Screen) -> None:
    """No line of a screen is wider than 80 columns, and none moves the cursor or changes colours."""
    too_wide = [line for line in screen.out.splitlines() if len(line) > WIDTH]
    assert too_wide == []
    assert "\x1b" not in screen.out


def day(text: str) -> date:
    """A date from `2026-03-02`."""
    return date.fromisoformat(text)
