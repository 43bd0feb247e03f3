"""The lawful erasure of a case's particulars: what stands in its way, and the destruction itself."""

from __future__ import annotations

from sptool.desk.drafts import drop_all
from sptool.desk.session import Session
from sptool.desk.wanted import Given, Recorded, Wanted
from sptool.store.particulars import delete_particulars, particulars_ref, refuse_if_kept

_ELSEWHERE = """Erased here: names, addresses and attachments of this case can't be brought back in this folder.
What remains to be done elsewhere:
  - every other clone of this folder: delete the ref there and prune
      git update-ref -d {ref}
      git reflog expire --expire=now --all && git gc --prune=now
  - backups, and disks or servers that held a clone
  - documents that were rendered with names, sent by e-mail or printed
  - the agencies' own copies, which are theirs to decide about
What stays: the records in git, which name nobody, and the record of this erasure."""


def nothing_else_keeps_them(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """Nothing is recorded as erased that something else in the folder would keep."""
    del given
    refuse_if_kept(session.folder, wanted.reference)
    return wanted


def destroy(session: Session, done: Recorded, given: Given) -> str:
    """Destroys the particulars here, drafts included.

    Returns:
        What sptool can't reach.
    """
    del given
    case = done.record.case
    delete_particulars(session.folder, case)
    drop_all(session.folder.root, session.case(case))
    return _ELSEWHERE.format(ref=particulars_ref(case))
