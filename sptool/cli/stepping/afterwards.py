"""What is done once a step is recorded, beyond reporting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sptool.cli.recording.drafts import drop_all
from sptool.cli.recording.flow import Recorded
from sptool.cli.screen import say, tell
from sptool.cli.session import Session
from sptool.store.particulars import delete_particulars, particulars_ref

_ELSEWHERE = """Erased here: names, addresses and attachments of this case can't be brought back in this folder.
What remains to be done elsewhere:
  - every other clone of this folder: delete the ref there and prune
      git update-ref -d {ref}
      git reflog expire --expire=now --all && git gc --prune=now
  - backups, and disks or servers that held a clone
  - documents that were rendered with names, sent by e-mail or printed
  - the agencies' own copies, which are theirs to decide about
What stays: the records in git, which name nobody, and the record of this erasure."""


def _erase(session: Session, done: Recorded, as_json: bool) -> None:
    """Destroys the particulars here, drafts included, and lists what sptool can't reach."""
    delete_particulars(session.folder, done.case)
    drop_all(session.folder.root, session.case(done.case))
    (tell if as_json else say)(_ELSEWHERE.format(ref=particulars_ref(done.case)))


AFTERWARDS: Mapping[str, Callable[[Session, Recorded, bool], None]] = {"erasure": _erase}
