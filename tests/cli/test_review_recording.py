"""What a review of the recording side found: labels and documents that leak, drafts that were lost, names missed."""

from __future__ import annotations

import os

import pytest

from sptool.documents.documents import DOCUMENTS, FOLDER_DOCUMENTS
from sptool.records.particulars import Person
from sptool.workflow.names import names_in
from tests.cli.cases import GROUND_ONE, REFERRAL, criteria, notified, referred
from tests.cli.running import Desk, desk, pattern

__all__ = ["desk", "pattern"]

WORDS = "Words that lie in no file."
BROKEN = b"text: [Words that lie in no file.\n  and: more\n"


# --- what stands in the history of commits ---------------------------------------------------------------------


def test_only_a_document_that_sptool_prepares_can_be_recorded_as_sent(desk: Desk) -> None:
    case = referred(desk)
    said = desk.refused("sent", case, "--document", "letter-about-robin", code=2, happened_on="2026-03-02", to="Head")
    assert "robin" not in said
    assert all(name in said for name in (*DOCUMENTS, *FOLDER_DOCUMENTS))
    assert "letter-about-robin" not in desk.git("log", "--all", "--format=%B")
    desk.record("sent", case, "--document", "decision-letter", happened_on="2026-03-02", to="Head")


def test_a_document_is_refused_together_with_everything_else(desk: Desk) -> None:
    case = referred(desk)
    said = desk.refused("sent", case, "--document", "letter-about-robin", code=2, happened_on="2026-03-02")
    assert "to: this must be answered" in said
    assert "document: choose one of:" in said


@pytest.mark.parametrize("label", ["robin", "child-robin", "robin-a", "child", "child-abc", "Child-a", "child-"])
def test_a_label_has_no_room_for_a_name(desk: Desk, label: str) -> None:
    said = desk.refused(
        "new-referral", answers={**REFERRAL, "happened_on": "2026-03-02", "children": [{"id": label}]}, code=2
    )
    assert "write a label, never a name" in said
    assert "robin" not in said
    said = desk.refused("new-referral", answers={**REFERRAL, "private": {"people": [{"id": label}]}}, code=2)
    assert "write a label, never a name" in said


@pytest.mark.parametrize("label", ["child-a", "half-sibling-b", "step-parent-2", "foster-carer-12", "caller"])
def test_a_label_is_a_role_and_a_letter_or_number(desk: Desk, label: str) -> None:
    referred(desk, private={"people": [{"id": label, "name": "Quill Quagmire"}]})


# --- drafts ----------------------------------------------------------------------------------------------------


def _kept(desk: Desk, *words: str, text: str = f"text: {WORDS}\n") -> str:
    """A draft, kept because its answers are not complete; what was said about it."""
    before = desk.state()
    said = desk.call(*words, "--from", "-", stdin=text, code=2).err
    assert desk.state() == before
    return said


def test_another_referral_leaves_a_kept_draft_alone(desk: Desk) -> None:
    _kept(desk, "new-referral", text=f"summary: {WORDS}\n")
    ran = desk.record("new-referral", answers=REFERRAL)
    assert "An earlier draft of this step is kept" in ran.err
    assert "sptool new-referral --resume" in ran.err
    (draft,) = desk.drafts()
    assert WORDS in draft.read_text("utf-8")
    ran = desk.record(
        "new-referral", "--resume", answers={name: REFERRAL[name] for name in REFERRAL if name != "summary"}
    )
    assert WORDS in desk.newest()
    assert "earlier draft" not in ran.err
    assert desk.drafts() == []


def test_two_drafts_of_a_step_are_both_kept_and_the_newest_is_resumed_first(desk: Desk) -> None:
    case = referred(desk)
    _kept(desk, "note", case, text="text: The first.\n")
    assert f"sptool note {case} --resume" in _kept(desk, "note", case, text="text: The second.\n")
    assert len(desk.drafts()) == 2
    for words, left in (("The second.", 1), ("The first.", 0)):
        desk.call("note", case, "--on", "today", "--resume", code=0)
        assert words in desk.newest()
        assert len(desk.drafts()) == left


def test_the_same_words_twice_make_one_draft(desk: Desk) -> None:
    case = referred(desk)
    _kept(desk, "note", case)
    _kept(desk, "note", case)
    assert len(desk.drafts()) == 1


def test_a_twenty_first_draft_overwrites_none(desk: Desk) -> None:
    case = referred(desk)
    for number in range(20):
        _kept(desk, "note", case, text=f"text: Number {number}.\n")
    assert "20 drafts of this step are kept already" in _kept(desk, "note", case, text="text: One more.\n")
    texts = "".join(path.read_text("utf-8") for path in desk.drafts())
    assert all(f"Number {number}." in texts for number in range(20))


def test_a_draft_of_a_correction_is_not_one_of_a_new_record(desk: Desk) -> None:
    case = referred(desk)
    desk.record("note", case, happened_on="2026-03-02", text="The first note.")
    note = desk.newest_id()
    said = _kept(desk, "correct", case, note, text="text: A correction without its reason.\n")
    assert f"sptool correct {case} {note} --resume" in said
    before = desk.state()
    assert "There is no draft of this step" in desk.call("note", case, "--on", "today", "--resume", code=2).err
    assert desk.state() == before
    desk.record("correct", case, note, "--resume", replaces={"reason": "It was wrong."})
    assert "A correction without its reason." in desk.newest()
    assert desk.drafts() == []


def test_how_to_resume_names_the_nomination_that_is_referred(desk: Desk) -> None:
    given = {
        "source": "nomination",
        "proposer_role": "Head of Service",
        "agency": "police",
        "summary": "There is learning.",
        "happened_on": "2026-03-02",
    }
    case = desk.record(
        "nominate",
        happened_on="2026-03-02",
        answers={**given, "why_learning": "It was missed.", "criteria": [criteria(*GROUND_ONE)]},
    ).case
    said = _kept(desk, "new-referral", "--nomination", case, text=f"summary: {WORDS}\n")
    assert f"sptool new-referral --nomination {case} --resume" in said
    more = {name: REFERRAL[name] for name in REFERRAL if name != "summary"}
    desk.record("new-referral", "--nomination", case, "--resume", answers=more)
    assert WORDS in desk.newest()
    assert desk.drafts() == []


def test_erasing_a_case_destroys_every_draft_of_it(desk: Desk) -> None:
    case = referred(desk)
    referral = desk.newest_id()
    _kept(desk, "note", case, text="text: The first.\n")
    _kept(desk, "note", case, text="text: The second.\n")
    _kept(desk, "correct", case, referral, text="summary: Another.\n")
    desk.call("note", case, "--from", "-", stdin=BROKEN, code=3)
    assert len(desk.drafts()) == 4
    why = {"authority": "Data Protection Officer", "basis": "court-order", "reason": "So."}
    desk.record("erase", case, answers={**why, "happened_on": "2026-03-02"})
    assert desk.drafts() == []


def test_what_is_not_yaml_is_kept_as_it_was_typed(desk: Desk) -> None:
    case = referred(desk)
    before = desk.state()
    ran = desk.call("note", case, "--from", "-", stdin=BROKEN, code=3)
    assert desk.state() == before
    (draft,) = desk.drafts()
    assert draft.read_bytes() == BROKEN
    assert os.name == "nt" or draft.stat().st_mode & 0o077 == 0
    assert str(draft) in ran.err
    assert "standard input, line" in ran.err
    assert WORDS not in ran.err
    assert "no draft of this step" in desk.call("note", case, "--on", "today", "--resume", code=2).err


@pytest.mark.parametrize("words", [("--dry-run",), ()])
def test_nothing_unreadable_is_kept_of_a_dry_run_or_of_nothing(desk: Desk, words: tuple[str, ...]) -> None:
    case = referred(desk)
    before = desk.state()
    desk.call("note", case, "--from", "-", *words, stdin=BROKEN if words else b" \n", code=3 if words else 2)
    assert (desk.state(), desk.drafts()) == (before, [])


# --- one answer in JSON ----------------------------------------------------------------------------------------


def test_chasing_every_case_answers_with_one_list(desk: Desk) -> None:
    cases = {notified(desk), notified(desk)}
    for case in cases:
        desk.record("scope", case, happened_on="2026-03-05", requests=[{"agency": "police"}], today="2026-03-05")
    ran = desk.call("chase", "--all-outstanding", "--json", today="2026-03-20", code=0)
    assert {one["case"] for one in ran.data} == cases
    assert {one["step"] for one in ran.data} == {"chaser"}


# --- names -----------------------------------------------------------------------------------------------------

PERSON = Person(
    id="parent-b",
    name="Marlo O'Quirke",
    aliases=("Quill Quagmire", "Sam Taylor", "Bram Jinx"),
    address="12 Example Road, Testtown",
    contact="01632 960 123",
)


@pytest.mark.parametrize(
    "text",
    [
        "The Quagmires were seen.",
        "Both QUAGMIRES came.",
        "Two Jinxes came.",
        "It is the Taylors again.",
        "OQuirke called.",
        "O\u2019Quirke called.",
        "The O Quirke house.",
        "All OQuirkes came.",
        "Call 01632960123.",
        "Call (01632) 960123.",
        "Call +44 1632 960123.",
        "Call +44 (0)1632 960 123.",
        "Call 0044-1632-960123.",
        "Call 0 1 6 3 2 9 6 0 1 2 3.",
        "At 12 Example Rd today.",
        "At 12 example road.",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    (hit,) = names_in(text, "text", [PERSON])
    what = "'s contact details" if text.startswith("Call") else "'s address" if text.startswith("At") else ""
    assert hit.labels == (f"Parent B{what}",)


def test_a_surname_that_several_share_may_mean_each_of_them() -> None:
    child = Person(id="child-a", name="Fern O'Quirke", aliases=("O'Quirke Junior",))
    (hit,) = names_in("Ms O'Quirke said so.", "text", [child, PERSON])
    assert hit.labels == ("Child A", "Parent B")
    (hit,) = names_in("Marlo O'Quirke said so.", "text", [PERSON, child])
    assert hit.labels == ("Parent B",)


@pytest.mark.parametrize(
    "text",
    [
        "Taylors make clothes.",
        "They are tailors, and taylors.",
        "Ref 4401632960 of 1632.",
        "112 Example Road.",
        "01632 960 1234",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert names_in(text, "text", [PERSON]) == []


def test_a_number_given_with_its_country_is_found_without(desk: Desk) -> None:
    known = Person(id="caller", contact="+44 (0)1632 960123")
    assert len(names_in("Ring 01632 960123 or +441632960123.", "text", [known])) == 2


@pytest.mark.parametrize("linked_from", ["here", "there"])
def test_a_name_that_a_linked_case_holds_is_stopped(desk: Desk, linked_from: str) -> None:
    other = referred(desk, private={"people": [{"id": "child-a", "name": "Quill Quagmire"}]})
    case = referred(desk)
    note = {"happened_on": "2026-03-02", "text": "Quagmire came."}
    pair = (case, other) if linked_from == "here" else (other, case)
    desk.record("link", pair[0], to=pair[1], relation="sibling", happened_on="2026-03-02")
    said = desk.refused("note", case, answers=note, code=2)
    assert f"write Child A of {other} instead" in said
    assert "Quagmire" not in said


def test_a_case_that_is_not_linked_stops_nothing(desk: Desk) -> None:
    referred(desk, private={"people": [{"id": "child-a", "name": "Quill Quagmire"}]})
    case = referred(desk)
    desk.record("note", case, happened_on="2026-03-02", text="Quagmire came.")


def test_a_mistaken_withdrawal_is_withdrawn_in_its_turn(desk: Desk) -> None:
    case = referred(desk)
    why = {"replaces": {"reason": "Made up for this test."}}
    referral = desk.newest_id()
    desk.record("correct", case, referral, "--withdraw", answers=why)
    withdrawal = desk.newest_id()
    said = desk.refused("correct", case, referral, code=2, answers=why)
    assert f"sptool correct {case} {withdrawal} --withdraw" in said
    desk.record("correct", case, withdrawal, "--withdraw", answers=why)
    assert "Referred" in desk.call("show", case, code=0).out
    desk.assert_sound()
