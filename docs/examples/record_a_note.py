"""Records a note and reads the morning's list, without a terminal.

    python docs/examples/record_a_note.py CASE_FOLDER REF [DAY]

A day may be given in a practice folder only.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sptool.desk.conversation import Nobody
from sptool.desk.morning import Outlook, gather
from sptool.desk.session import Globals, Session
from sptool.desk.step import record
from sptool.desk.wanted import Wanted


def main(folder: str, reference: str, day: str = "") -> None:
    """Records the note, then prints what is due."""
    session = Session(Globals(Path(folder), day), Nobody(print))
    said = {"happened_on": session.clock.today.isoformat(), "text": "The hospital rang: the scan is booked."}
    done = record(session, Wanted("note", session.reference(reference), defaults=dict(said)))
    print(f"Recorded {done.record.case}: {done.title}.")
    morning = gather(session, Outlook(ahead=5))
    for one in morning.loud:
        print(f"{one.case}  {one.what}  {one.command}")
    for due in (*morning.unknown, *morning.late, *morning.due_today, *morning.coming):
        print(f"{due.deadline.case}  {due.deadline.title}  {due.deadline.due_on}  {due.deadline.command}")
    session.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
