"""`sptool render --identify`: copies that say who the labels stand for, and everything else that never does."""

from __future__ import annotations

import os
import stat
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from sptool.desk.held import identify
from sptool.desk.letters.made import Asked, made
from sptool.desk.session import Globals, Session
from sptool.documents.documents import DOCUMENTS, FOLDER_DOCUMENTS
from sptool.errors import StepRefused
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain
from tests.cli.cases import begun, notified, referred
from tests.cli.running import Desk, commit_by_hand, desk, pattern
from tests.conftest import DemoRun

__all__ = ["desk", "pattern"]

DAY = "2026-03-05"
ASKED = {"happened_on": DAY, "requests": [{"agency": "police"}]}
PEOPLE = [
    {
        "id": "child-a",
        "role": "child",
        "name": "Robin Examplechild",
        "aliases": ["Robbie Madeup", "Bobbin Madeup"],
        "date_of_birth": "2025-08-01",
        "address": "1 Nowhere Street\nTestshire",
        "contact": "no telephone",
    },
    {"id": "parent-b", "role": "parent", "name": "Sascha Examplechild"},
    {"id": "caller", "role": "caller", "name": "Quinn Pretend", "contact": "quinn@testshire.invalid"},
    {"id": "practitioner-c", "role": "practitioner", "name": "Kim Fictitious"},
]
NEVER = ("Quinn", "Pretend", "quinn@", "Fictitious", "no telephone")
NAMES = ("Examplechild", "Madeup", "Nowhere Street", "1 August 2025", *NEVER)
IDENTIFYING = [name for name, document in DOCUMENTS.items() if document.identifies]


@pytest.fixture
def case(desk: Desk) -> str:
    """A notified case that holds the particulars of a child, a parent, a caller and a practitioner."""
    return begun(desk, "with particulars", lambda: with_particulars(desk))


def with_particulars(desk: Desk) -> str:
    reference = notified(desk)
    desk.record("scope", reference, answers=ASKED, today=DAY)
    desk.record("update", reference, happened_on=DAY, what="More is known.", private={"people": PEOPLE}, today=DAY)
    return reference


@pytest.fixture
def place(desk: Desk) -> Path:
    """A folder for documents."""
    folder = desk.home / "documents"
    folder.mkdir()
    return folder


def identified(desk: Desk, case: str, document: str, place: Path, *more: str) -> str:
    """What a copy with names says."""
    desk.call("render", case, document, "--identify", "--out", place, *more, today=DAY, code=0)
    (written,) = place.glob("*-identified.md")
    return written.read_text("utf-8")


def test_a_copy_says_who_the_labels_stand_for(desk: Desk, case: str, place: Path) -> None:
    made = identified(desk, case, "scoping-request", place)
    assert "| Child A | Robin Examplechild | 1 August 2025 |" in made
    assert "| Parent B | Sascha Examplechild | Not held |" in made
    assert "- Other names of Child A: Robbie Madeup and Bobbin Madeup" in made
    assert "- Address of Child A: 1 Nowhere Street\\\n  Testshire" in made
    assert "names nobody" not in made
    assert [name for name in NEVER if name in made] == []


def test_a_copy_holds_no_more_than_its_readers_need(desk: Desk, case: str, place: Path) -> None:
    agenda = identified(desk, case, "rapid-review-agenda", place)
    assert "1 August 2025" in agenda
    assert "Nowhere Street" not in agenda
    (place / f"{case}-rapid-review-agenda-identified.md").unlink()
    letter = identified(desk, case, "family-letter", place)
    assert "# About the review of what happened to Robin Examplechild" in letter
    assert [name for name in ("Sascha", "Madeup", "August 2025", "Nowhere") if name in letter] == []


@pytest.mark.parametrize("document", IDENTIFYING)
def test_what_is_put_in_is_told_by_label_and_never_by_value(desk: Desk, case: str, place: Path, document: str) -> None:
    if document == "rapid-review-report":
        desk.record("rapid-review", case, answers=HELD, today="2026-03-18")
    ran = desk.call("render", case, document, "--identify", "--out", place, today="2026-03-18", code=0)
    assert "This puts in: name" in ran.err
    assert "of Child A" in ran.err
    assert ran.err.index("This puts in") < ran.err.index("Written:")
    assert [name for name in NAMES if name in ran.said] == []
    (written,) = place.iterdir()
    assert [name for name in NEVER if name in written.read_text("utf-8")] == []
    assert "Robin Examplechild" in written.read_text("utf-8")


HELD = {
    "happened_on": "2026-03-18",
    "agencies_involved": ["police"],
    "decision_participants": ["Detective Inspector"],
    "recommends": "no-lcspr",
    "recommendation_reasons": "No criterion is met.",
}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps who may read a file elsewhere")
def test_only_its_owner_may_read_a_copy_and_its_draft(desk: Desk, case: str, place: Path) -> None:
    desk.call("render", case, "scoping-request", "--identify", "--email", "--out", place, today=DAY, code=0)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in place.iterdir() if "identified" in path.name}
    assert len(modes) >= 3
    assert set(modes.values()) == {0o600}
    assert not any(name in path.name for path in place.iterdir() for name in NAMES)
    draft = (place / f"{case}-scoping-request-police-identified.eml").read_text("utf-8")
    assert f"Subject: Our reference {case}\n" in draft.replace("\r\n", "\n")


REFUSED: list[tuple[tuple[str, ...], int, str]] = [
    (("decision-letter",), 2, "names nobody"),
    (("seven-minute-briefing",), 2, "names nobody"),
    (("--due",), 2, "Name the document"),
    (("scoping-request", "--out", "-"), 2, "not shown on the screen"),
    (("scoping-request", "--out", "."), 2, "among the records"),
    (("scoping-request", "--out", "2026/names.docx"), 2, "among the records"),
]


@pytest.mark.parametrize(("words", "code", "says"), REFUSED, ids=lambda value: str(value))
def test_no_copy_where_none_belongs(desk: Desk, case: str, words: tuple[str, ...], code: int, says: str) -> None:
    before, beside = desk.state(), sorted(desk.folder.parent.rglob("*identified*"))
    refused = desk.call("render", case, *words, "--identify", today=DAY, code=code)
    assert says in refused.err
    assert desk.state() == before
    assert sorted(desk.folder.parent.rglob("*identified*")) == beside == []


def test_without_anybody_held_there_is_no_copy(desk: Desk, place: Path) -> None:
    case = referred(desk)
    refused = desk.call("render", case, "need-to-know", "--identify", "--out", place, code=1)
    assert "No names are held here" in refused.err
    assert list(place.iterdir()) == []


def test_a_caller_alone_makes_no_copy(desk: Desk, place: Path) -> None:
    case = referred(desk, private={"people": PEOPLE[2:]})
    refused = desk.call("render", case, "need-to-know", "--identify", "--out", place, code=1)
    assert "not what this document shows" in refused.err
    assert list(place.iterdir()) == []


def test_erased_particulars_make_no_copy(desk: Desk, case: str, place: Path) -> None:
    erasing = {
        "happened_on": DAY,
        "basis": "retention-period-over",
        "authority": "Head of Service",
        "reason": "It is time.",
    }
    erased = desk.record("erase", case, answers=erasing, today=DAY, code=None)
    assert erased.code == 0, erased.said
    refused = desk.call("render", case, "need-to-know", "--identify", "--out", place, today=DAY, code=1)
    assert "No names are held here" in refused.err
    assert list(place.iterdir()) == []


def test_particulars_that_were_changed_make_no_copy(desk: Desk, case: str, place: Path) -> None:
    ref = f"refs/particulars/{case}"
    path = desk.git("ls-tree", "-r", "--name-only", ref).strip()
    blob = desk.git("show", f"{ref}:{path}").replace("Robin", "Another")
    _put_in_place(desk, ref, path, blob)
    refused = desk.call("render", case, "need-to-know", "--identify", "--out", place, today=DAY, code=3)
    assert "changed after they were recorded" in refused.err
    assert list(place.iterdir()) == []


def _put_in_place(desk: Desk, ref: str, path: str, content: str) -> None:
    """What somebody does who changes a private file past sptool."""
    folder, _, name = path.partition("/")

    def fed(given: str, *words: str) -> str:
        command = ["git", "-c", "user.name=X", "-c", "user.email=x@testshire.invalid", *words]
        done = subprocess.run(command, cwd=desk.folder, input=given, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    blob = fed(content, "hash-object", "-w", "--stdin")
    inner = fed(f"100644 blob {blob}\t{name}\n", "mktree")
    outer = fed(f"040000 tree {inner}\t{folder}\n", "mktree")
    desk.git("update-ref", ref, fed("", "commit-tree", outer, "-m", "x"))


def test_a_copy_that_was_sent_is_kept_only_among_the_particulars(desk: Desk, case: str, place: Path) -> None:
    sent = ("--record", "--sent-to", "Detective Inspector")
    made = identified(desk, case, "scoping-request", place, *sent)
    record = _plain(desk.newest())
    details = ["name", "other-names", "date-of-birth", "address"]
    assert (record["identified"], record["details"]) == (["child-a", "parent-b"], details)
    assert "sha256" not in record  # it would for ever confirm a name that somebody guesses
    kept = desk.git("show", f"refs/particulars/{case}:{record['id']}/document-1.md")
    assert kept.partition("\n")[2] == made
    assert sha256(made.encode()).hexdigest() not in desk.newest()
    history = desk.git("log", "-p", "--format=%B%an", "main")
    assert [name for name in NAMES if name in history] == []
    desk.assert_sound()


def _plain(record: str) -> dict[str, Plain]:
    found = read_plain(record.encode(), "record")
    assert isinstance(found, dict)
    return found


def test_a_newer_name_takes_the_place_of_an_older_one(desk: Desk, case: str, place: Path) -> None:
    newer = [{"id": "child-a", "name": "Robin Newname"}]
    desk.record("update", case, happened_on=DAY, what="More is known.", private={"people": newer}, today=DAY)
    made = identified(desk, case, "scoping-request", place)
    assert "| Child A | Robin Newname | 1 August 2025 |" in made
    assert "Robin Examplechild" not in made


@pytest.mark.parametrize("document", DOCUMENTS)
def test_without_being_asked_no_document_identifies_anybody(demo: DemoRun, document: str) -> None:
    session = Session(Globals(demo.folder, demo.today))
    tried = 0
    for reference in session.book.references:
        try:
            texts = [one.text.markdown for one in made(session, Asked(reference, document, "", "md"))]
        except StepRefused:
            continue
        tried += 1
        assert [word for word in names_held(session, reference) for text in texts if word in text] == []
    assert tried


def names_held(session: Session, reference: str) -> set[str]:
    """Every word by which somebody of a case could be known."""
    case = session.case(reference)
    held = [one.particulars for one in identify(session.folder, case, case.records).held if one.particulars]
    people = [person for one in held for person in one.people]
    said = [(one.name, one.address, one.contact, *one.aliases) for one in people]
    return {word for entry in said for text in entry if text for word in text.split() if len(word) > 3}


def test_the_demonstration_holds_names_that_could_have_slipped_in(demo: DemoRun) -> None:
    session = Session(Globals(demo.folder, demo.today))
    assert sum(bool(names_held(session, reference)) for reference in session.book.references) >= 5


def test_documents_says_which_copies_can_identify(desk: Desk) -> None:
    listed = {one["document"]: one["identifies"] for one in desk.call("documents", "--json", code=0).data}
    assert set(listed) == {*DOCUMENTS, *FOLDER_DOCUMENTS}
    assert [name for name, details in listed.items() if details] == IDENTIFYING
    assert listed["family-letter"] == ["name"]
    assert "With --identify" in desk.call("documents", code=0).out


def test_a_template_of_ones_own_can_not_identify_where_the_document_does_not(
    desk: Desk, case: str, place: Path
) -> None:
    own = b"{% include 'who-is-who.md.j2' %}Ours\n"
    commit_by_hand(desk, "framework/templates/decision-letter.md.j2", own)
    refused = desk.call("render", case, "decision-letter", "--identify", "--out", place, today=DAY, code=2)
    assert "names nobody" in refused.err
    desk.call("render", case, "decision-letter", "--out", place, today=DAY, code=0)
    assert (place / f"{case}-decision-letter.md").read_text("utf-8") == "Ours\n"
