"""The erasure of the small case folder's case, as a step and carried out."""

from __future__ import annotations

from sptool.records.closing import Erasure
from sptool.records.plain import to_plain
from sptool.records.references import file_name
from sptool.store.folder import CaseFolder
from sptool.store.git import Git
from sptool.store.recording import Entry, Step, record_step
from sptool.store.settling import destroy_erased
from sptool.text.yaml import write_yaml
from tests.making import make as make_record
from tests.store.setting import AT, CASE, OFFICER


def erasure(folder: CaseFolder, *, of: str = CASE) -> Step:
    """A step that records the erasure of all that the case has by now."""
    listed = Git(folder.root).run("ls-tree", "-r", "--name-only", "main", f"2026/{of}/").decode().split()
    known = sorted(path.removesuffix(".yaml").rpartition("-")[2] for path in listed)
    said = {"authority": "Data Protection Officer", "basis": "court-order", "reason": "So.", "name": str(known)}
    made = make_record(Erasure, "2026-03-02", case=of, after=tuple(known), **said)
    entry = Entry(f"2026/{of}/{file_name(AT, made.kind, made.id)}", write_yaml(to_plain(made)))
    return Step([entry], f"{of}: particulars erased\n\nCase: {of}\nRecord: {made.id}\n", OFFICER, AT, erases=of)


def erase(folder: CaseFolder) -> bool:
    """Records an erasure and destroys the case's particulars; whether any were here."""
    record_step(folder, erasure(folder), lambda _: None)
    return destroy_erased(folder, CASE)
