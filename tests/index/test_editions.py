"""An edition that the index keeps is the one that was checked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sptool.index.counting import counted
from sptool.index.known import Editions, keep, kept_editions
from sptool.store.casebook import Casebook
from sptool.workflow.edition import load_edition
from tests.cli.folders import EDITION, make_folder
from tests.index.histories import git

QUESTIONS = b"""questions:
  referral:
  - id: heard-from
    ask: How did the partnership hear of it?
    type: choice
    choices: [by telephone, by e-mail]
    required: true
"""


def _fuller(edition: bytes) -> bytes:
    closures = b"  closures:\n  - name: Moving house\n    from: 2026-03-04\n    to: 2026-03-05\n    stops: [notify]\n"
    fuller = edition.replace(b"  closures: []\n", closures).replace(b"questions: {}\n", QUESTIONS)
    assert len(fuller) > len(edition) + len(closures)
    return fuller


def test_an_edition_comes_back_as_it_was_checked(tmp_path: Path) -> None:
    fuller = _fuller(EDITION)
    folder = make_folder(tmp_path / "c", edition=fuller)
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE TABLE editions (sha256 TEXT, name TEXT, content TEXT)")
        index.execute("CREATE TABLE calendars (sha256 TEXT, rule TEXT, published_until TEXT, days BLOB)")
        editions = Editions(Casebook(folder, git(folder, "rev-parse", "main"), load_edition))
        edition = load_edition(fuller, "2022-01.yaml")
        keep(index, edition, editions.calendar_for(edition))
        (kept,) = kept_editions(index).values()
        checked = load_edition(fuller, "2022-01.yaml")
        assert kept == checked
        assert (kept.rule("notify"), kept.current("police", kept.in_force_from)) == (
            checked.rule("notify"),
            checked.current("police", checked.in_force_from),
        )
        one, other = counted(index)[kept.sha256, "notify"], editions.calendar_for(checked)(checked.rule("notify"))
        assert (set(one.non_working), one.published_until) == (set(other.non_working), other.published_until)
