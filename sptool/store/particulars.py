"""A case's particulars: names, addresses, attachments, on a ref of their own."""

from __future__ import annotations

from sptool.records.case import Case, erased
from sptool.store.folder import CaseFolder
from sptool.store.reading import Snapshot
from sptool.store.refs import particulars_ref, tips


def read_particulars(folder: CaseFolder, case: str) -> dict[str, bytes]:
    """Everything that a case's particulars ref holds, by path; nothing if there is none (any more)."""
    commit = tips(folder.git, [particulars_ref(case)]).get(particulars_ref(case))
    if commit is None:
        return {}
    snapshot = Snapshot(folder, commit)
    return snapshot.read(snapshot.paths())


def particulars_to_show(folder: CaseFolder, case: Case) -> dict[str, bytes]:
    """The same without what is erased on record, which is never shown, even while it is still here."""
    gone = erased(case)
    return {path: held for path, held in read_particulars(folder, case.ref).items() if path.split("/")[0] not in gone}
