"""The lawful erasure of a case's particulars: what stands in its way, the destruction, and what can't be reached."""

from __future__ import annotations

from sptool.desk.session import Session
from sptool.desk.wanted import Given, Instead, Recorded, Wanted
from sptool.errors import StepRefused
from sptool.records.case import Case, erased
from sptool.records.closing import Erasure
from sptool.store.erasing import Left, left_of, refuse_if_kept
from sptool.store.refs import particulars_ref
from sptool.store.settling import destroy_erased
from sptool.workflow.steps import STEPS

_HERE = "Erased here: names, addresses and attachments of this case can't be brought back in this folder."
_NOTHING_HERE = """Nothing was destroyed here: this copy of the folder holds no particulars of this case.
In a copy that holds them, bring this record in with git, then type: sptool erase {case}"""
_NONE_NAMED = "No record of this case names particulars, so there was nothing to destroy in this folder."
_ELSEWHERE = """What remains to be done elsewhere:
  - every other clone of this folder: bring this record in and type sptool erase {case}; or delete the ref and prune
      git update-ref -d {ref}
      git reflog expire --expire=now --all && git gc --prune=now
  - backups, and disks or servers that held a clone
  - documents that were rendered with names, sent by e-mail or printed
  - the agencies' own copies, which are theirs to decide about
What stays: the records in git, which name nobody, and the record of this erasure."""
_SINCE = "Particulars that were recorded since that erasure are kept. To erase them too: sptool erase {case}"


def nothing_else_keeps_them(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """Nothing is recorded as erased that something else in the folder would keep."""
    del given
    refuse_if_kept(session.folder, wanted.reference)
    return wanted


def destroy(session: Session, done: Recorded, given: Given) -> str:
    """Destroys the particulars once their erasure is recorded, drafts included.

    Returns:
        What was destroyed, and what can't be reached from here.
    """
    del given
    reference = done.record.case
    destroyed = destroy_erased(session.folder, reference, session.talk.tell)
    named = any(record.private for record in session.case(reference).records)
    what = _HERE if destroyed else _NOTHING_HERE.format(case=reference) if named else _NONE_NAMED
    return f"{what}\n{_elsewhere(reference)}"


def finish_earlier(session: Session, wanted: Wanted, given: Given) -> Instead | None:
    """Destroys what an earlier erasure says is gone and is here all the same, if that is all that was asked for.

    Raises:
        StepRefused: everything is erased and gone already, or a legal hold stands.
    """
    del given
    case = session.case(wanted.reference)
    left = left_of(session.folder, case)
    if not left.is_unfinished:
        _refuse_if_gone(case, left)
        return None
    refusal = STEPS[wanted.kind].refused_by(case, session.edition(case))
    if refusal:
        raise StepRefused(refusal.reason, f"First: {refusal.first}")
    if wanted.dry_run:
        return Instead(
            f"Would destroy what an earlier erasure of {case.ref} left here. Nothing more would be recorded."
        )
    refuse_if_kept(session.folder, case.ref)
    destroy_erased(session.folder, case.ref, session.talk.tell)
    erasure = _newest(case)
    rest = _SINCE.format(case=case.ref) if left.others else f"{_HERE}\n{_elsewhere(case.ref)}"
    said = f"{case.ref}: the erasure that record {erasure.id} tells of was not finished here. It is now.\n{rest}"
    if left.others and (wanted.source or wanted.flags or wanted.resume):
        session.talk.tell(said)
        return None
    return Instead(said, erasure)


def _elsewhere(reference: str) -> str:
    return _ELSEWHERE.format(case=reference, ref=particulars_ref(reference))


def _newest(case: Case) -> Erasure:
    """The last erasure of a case that has one."""
    return list(erased(case).values())[-1]


def _refuse_if_gone(case: Case, left: Left) -> None:
    """What is erased and gone can't be erased again: a second record of it would tell of something that wasn't done."""
    gone = erased(case)
    if not gone or left.others or any(record.private and record.id not in gone for record in case.records):
        return
    raise StepRefused(
        f"The particulars of this case are erased already, by record {_newest(case).id}, and nothing of them "
        "is here. Nothing was recorded.",
        f"In another copy of the folder that still holds them, type there: sptool erase {case.ref}",
    )
