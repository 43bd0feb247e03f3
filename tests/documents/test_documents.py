"""The documents as officers send them, on invented cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from sptool.documents.documents import DOCUMENTS, FOLDER_DOCUMENTS
from sptool.documents.rendering import render
from sptool.errors import StepRefused, UsageError
from sptool.framework.models import Framework
from sptool.records.anytime import ConstraintLifted
from sptool.records.case import Case
from sptool.records.header import HEADER
from sptool.records.review import AgencyReturn, PracticeEpisode
from tests import making
from tests.documents.cases import (
    FRAMEWORK,
    PARTNERSHIP,
    TODAY,
    infant,
    letter,
    looked_after,
    siblings_not_notified,
    written,
)
from tests.documents.goldens import GOLDEN, GOLDEN_DOCUMENTS
from tests.documents.journeys import reviewed, under_review
from tests.documents.reading import tokens


@pytest.mark.parametrize("name", GOLDEN_DOCUMENTS)
def test_documents_are_as_they_were_agreed(name: str) -> None:
    assert GOLDEN_DOCUMENTS[name]().markdown.encode() == (GOLDEN / f"{name}.md").read_bytes()


@pytest.mark.parametrize("name", GOLDEN_DOCUMENTS)
def test_the_same_case_gives_the_same_bytes(name: str) -> None:
    assert GOLDEN_DOCUMENTS[name]() == GOLDEN_DOCUMENTS[name]()


@pytest.mark.parametrize("name", GOLDEN_DOCUMENTS)
def test_nothing_is_empty_or_left_over(name: str) -> None:
    markdown = GOLDEN_DOCUMENTS[name]().markdown
    assert not re.search(r"\bNone\b|\b(one|two|not)-[a-z]+-|\(\)|\.\.| ,", markdown)
    assert "\n\n\n" not in markdown
    assert not any(line != line.rstrip() for line in markdown.splitlines())
    empty = [text for text in texts_of(markdown) if not text]
    assert (empty != []) == (name == "need-to-know-form-blank")  # where an agency writes its answers


def texts_of(markdown: str) -> list[str]:
    return [token.content for token in tokens(markdown) if token.type == "inline"]


@pytest.mark.parametrize("document", [*DOCUMENTS, *FOLDER_DOCUMENTS])
def test_every_document_has_golden_files_for_three_cases(document: str) -> None:
    golden = [name for name in GOLDEN_DOCUMENTS if name.startswith(f"{document}-")]
    assert len(golden) >= (1 if document == "need-to-know-form" else 3)


def test_there_is_a_golden_file_for_each_agreed_text_and_no_other() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(GOLDEN_DOCUMENTS)


@pytest.mark.parametrize("name", GOLDEN_DOCUMENTS)
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    levels = [int(token.tag[1]) for token in tokens(GOLDEN_DOCUMENTS[name]().markdown) if token.type == "heading_open"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_practice_mark_stands_in_training_folders_only() -> None:
    mark = "PRACTICE — not a real case"
    for name, make in GOLDEN_DOCUMENTS.items():
        assert (mark in make().markdown) == (name != "decision-letter-looked-after")
    for document in DOCUMENTS:
        if document != "terms-of-reference":
            agency = "police" if DOCUMENTS[document].each_agency else None
            assert mark not in written(document, reviewed(), training=False, agency=agency).markdown


def test_a_restriction_warns_in_every_document_of_a_case() -> None:
    held = making.added(under_review(), making.constraint())
    for document in DOCUMENTS:
        made = written(document, held, agency="police" if DOCUMENTS[document].each_agency else None)
        assert "A restriction on what may be shared holds in this case" in made.markdown


def test_a_restriction_warns_without_telling_what_it_says() -> None:
    made = written("decision-letter", looked_after())
    assert any("restriction" in check for check in made.checks)
    assert (
        "A restriction on what may be shared holds in this case, to be reviewed on Thursday 9 April 2026"
        in made.markdown
    )
    assert "Canary" not in made.markdown + "".join(made.checks)
    held = looked_after()
    lifting = making.make(ConstraintLifted, "2026-03-10", constraint=held.records[-1].id, lifted_by="Police")
    lifted = making.added(held, lifting)
    assert "restriction" not in letter(lifted)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"outcome": "notify"}, "has decided to notify the national"),
        ({"outcome": "do-not-notify", "criteria": [making.answers()]}, "has decided not to notify the national"),
        (
            {"outcome": "another-area-notifies", "another_area": {"area": "Nowhereshire", "told_on": "2026-03-03"}},
            "Nowhereshire was told on Tuesday 3 March 2026",
        ),
        ({"outcome": "another-area-notifies"}, "Another area, not our local authority, notifies"),
        (
            {"outcome": "notified-not-proceeding", "panel_told_on": "2026-03-06"},
            "told on Friday 6 March 2026 that the case goes no further",
        ),
        (
            {"outcome": "do-not-notify", "duty_not_followed": {"authorised_by": "Director", "reason": "For a reason."}},
            "**A ground for notifying is met, and no notification is made.**\\\n**Authorised by:** Director",
        ),
        ({"against_criteria": "Because of much else."}, "Because of much else."),
        ({"then": "task-and-finish"}, "Children's Learning from Practice Task & Finish group will look at"),
        ({"then": "nothing-further", "then_reason": "All is learned."}, "All is learned."),
    ],
)
def test_the_letter_tells_each_outcome(changes: Mapping[str, Any], says: str) -> None:
    assert says in letter(making.case_of(making.new_referral(), making.decision(**changes)))


@pytest.mark.parametrize(
    ("aware", "today", "says"),
    [
        ("2026-03-02", date(2026, 3, 9), "will notify the Panel by Monday 9 March 2026."),
        ("2026-03-02", date(2026, 3, 10), "has yet to notify the Panel. The last day for it was Monday 9 March 2026."),
        ("unknown", date(2026, 3, 9), "within 5 working days of becoming aware. The day on which"),
    ],
)
def test_the_letter_says_by_when_the_panel_is_notified(aware: str, today: date, says: str) -> None:
    case = making.case_of(making.new_referral(la_aware_on=aware), making.decision())
    assert says in letter(case, today)


@pytest.mark.parametrize(
    ("changed", "days", "unit", "says"),
    [
        ("notify", 1, "months", "must notify the Panel within 1 month of becoming aware."),
        ("notify", 1, "working_days", "must notify the Panel within 1 working day of becoming aware."),
        ("panel", 2, "months", "goes to the Panel within 2 months of the notification."),
    ],
)
def test_the_letter_counts_in_the_unit_of_the_edition(changed: str, days: int, unit: str, says: str) -> None:
    new = {"days": days, "unit": unit, "late_after": None}
    rules = tuple(one.model_copy(update=new) if one.id == changed else one for one in FRAMEWORK.deadlines)
    edition = FRAMEWORK.model_copy(update={"deadlines": rules})
    case = making.case_of(making.new_referral(la_aware_on="unknown"), making.decision())
    made = render("decision-letter", case, edition, today=TODAY, partnership=PARTNERSHIP, training=True)
    assert says in made.markdown


def test_after_the_notification_the_letter_gives_the_dates_that_follow() -> None:
    made = letter(infant())
    assert "notified the Panel on Thursday 5 March 2026" in made
    assert "a rapid review brings it together by Tuesday 24 March 2026" in made
    assert "goes to the Panel by Thursday 26 March 2026" in made


def test_a_date_beyond_the_published_holidays_is_called_provisional() -> None:
    case = making.case_of(making.new_referral("2029-03-01", la_aware_on="2029-03-01"), making.decision("2029-03-02"))
    assert "(provisional: not all bank holidays" in letter(case, date(2029, 3, 2))
    assert "provisional" not in letter(infant())


def test_a_reconsidered_decision_says_what_it_replaces_and_a_correction_does_not() -> None:
    first = making.decision(outcome="do-not-notify", criteria=[making.answers()])
    case = making.case_of(making.new_referral(), first)
    again = making.added(case, making.reconsideration(first, "2026-03-06", outcome="notify"))
    assert "It replaces the decision of Wednesday 4 March 2026" in letter(again)
    assert "takes the place" not in letter(making.added(case, making.correction(first, "2026-03-06")))


def test_what_was_learned_or_corrected_since_is_pointed_out_before_sending() -> None:
    referral = making.new_referral()
    case = making.case_of(referral, making.decision())
    assert written("decision-letter", case).checks == ()
    newer = making.added(case, making.update("2026-03-06"))
    assert any("new information since the decision" in check for check in written("decision-letter", newer).checks)
    corrected = making.added(case, making.correction(referral, "2026-03-06", summary="It was Child A's arm."))
    assert any("corrected since" in check for check in written("decision-letter", corrected).checks)


def test_every_answer_is_shown_with_its_law_and_an_unanswered_one_as_such() -> None:
    some = {"child": "child-a", "answers": {"abuse-or-neglect": "met", "died-or-seriously-harmed": "not-known"}}
    made = letter(making.case_of(making.new_referral(), making.decision(criteria=[some])))
    rows = [line.split(" | ")[1:] for line in made.splitlines() if line.startswith("| ")][1:]
    assert [row[0] for row in rows] == ["Met", "Unclear", "Not answered", "Not answered", "Not answered"]
    assert rows[1][1] == "Children Act 2004, section 16C(1)(a) and (b) |"
    assert rows[3][1].endswith("Framework, January 2022, section 2 |")


@pytest.mark.parametrize(
    ("fields", "to", "salutation", "closing"),
    [
        ({"caller": "school", "caller_role": "head"}, "Head, School or nursery", "Dear Head,", "Yours sincerely,"),
        ({"caller": "police"}, "Metropolitan Police", "Dear colleague,", "Yours sincerely,"),
        ({"caller": "ccg"}, "NHS North West London Integrated Care Board", "Dear colleague,", "Yours sincerely,"),
        ({"caller": "member-of-the-public"}, "The referrer", "Dear Sir or Madam,", "Yours faithfully,"),
    ],
)
def test_the_letter_is_addressed_by_role(fields: Mapping[str, Any], to: str, salutation: str, closing: str) -> None:
    lines = letter(making.case_of(making.new_referral(**fields), making.decision())).splitlines()
    assert f"**To:** {to}" in lines
    assert {salutation, closing} <= set(lines)


def test_one_child_and_several_are_told_apart() -> None:
    assert "Child A is the child in your referral" in letter(infant())
    assert "Child A and Child B are the children in your referral" in letter(siblings_not_notified())
    assert "### Child B" in letter(siblings_not_notified())


@pytest.mark.parametrize(
    ("document", "case", "first"),
    [
        ("decision-letter", making.case_of(making.new_referral()), "sptool decide"),
        ("decision-letter", making.case_of(making.nomination()), "sptool next"),
        ("decision-letter", making.case_of(making.new_referral(caller="anonymous"), making.decision()), "sptool share"),
        ("scoping-request", making.case_of(making.new_referral(), making.decision()), "sptool scope"),
    ],
)
def test_a_document_is_refused_while_there_is_nothing_to_write(document: str, case: Case, first: str) -> None:
    before = case.records
    with pytest.raises(StepRefused) as refused:
        written(document, case)
    assert refused.value.fix.startswith(first)
    assert case.records == before


@pytest.mark.parametrize(
    ("document", "agency", "says"),
    [
        ("decision-leter", None, "Did you mean `decision-letter`?"),
        ("decision-letter", "police", "not written for one agency"),
        ("scoping-request", None, "one of these for each agency"),
        ("scoping-request", "school", "has not been asked"),
    ],
)
def test_a_wrong_document_or_agency_is_refused(document: str, agency: str | None, says: str) -> None:
    case = infant()
    with pytest.raises(UsageError, match=says.replace("?", r"\?")):
        written(document, case, agency=agency)
    assert case == infant()


def test_the_only_agency_asked_needs_no_naming() -> None:
    case = making.case_of(making.new_referral(), making.decision(), making.notified(), making.asked_agencies())
    made = written("scoping-request", case)
    assert (made.agency, made.file_name) == ("police", f"{case.ref}-scoping-request-police.md")


def test_file_names_hold_the_reference_and_the_document() -> None:
    assert written("decision-letter", infant()).file_name == f"{making.REF}-decision-letter.md"


def test_the_request_lists_every_question_of_the_return_form() -> None:
    made = written("scoping-request", infant(), agency="police").markdown
    ours = HEADER | {"happened_on", "out_of_order", "local", "agency", "answer"}
    asked = [field.title or name for name, field in AgencyReturn.model_fields.items() if name not in ours]
    asked += [field.title or name for name, field in PracticeEpisode.model_fields.items()]
    assert len(asked) == 20
    assert [question for question in asked if question not in made] == []


def test_the_partnerships_own_questions_are_asked_too() -> None:
    own = [{"id": "early-help", "ask": "Was early help in place?", "type": "yes-no"}]
    edition = Framework.model_validate(
        {**FRAMEWORK.model_dump(by_alias=True, mode="json"), "questions": {"agency-return": own}}
    )
    made = render(
        "scoping-request",
        infant(),
        edition,
        today=date(2026, 3, 9),
        partnership=PARTNERSHIP,
        training=True,
        agency="police",
    )
    assert "11. Was early help in place?\n    - Yes\n    - No\n" in made.markdown


def test_an_agency_asked_again_gets_the_newest_request() -> None:
    again = making.asked_agencies("2026-03-09", requests=[{"agency": "police", "particular": "The second question."}])
    made = written("scoping-request", making.added(infant(), again), agency="police").markdown
    assert "The second question." in made
    assert "Calls to the address" not in made
    assert "**Please answer by Monday 23 March 2026.**" in made


def test_each_agency_gets_its_own_date_and_question() -> None:
    police = written("scoping-request", infant(), agency="police").markdown
    cnwl = written("scoping-request", infant(), agency="cnwl").markdown
    assert "**Please answer by Friday 20 March 2026.**" in police
    assert "**Please answer by Friday 13 March 2026.**" in cnwl
    assert "Calls to the address since 1 January." in police
    assert "Calls to the address" not in cnwl
    assert "**To:** Named Nurse for Safeguarding and Designated Paediatrician, Central" in cnwl


def test_records_in_conflict_meet_no_deadline_and_are_to_be_settled_first() -> None:
    referral = making.new_referral()
    decision = making.with_past(making.decision(), referral)
    other = making.with_past(making.decision("2026-03-05", outcome="do-not-notify"), referral)
    sent = making.with_past(making.notified("2026-03-05"), referral, decision)
    case = Case.of(making.REF, [referral, decision, other, sent])
    made = written("need-to-know", case)
    assert any("Two records in this case are in conflict" in check for check in made.checks)
    assert "in conflict" in made.markdown
    agreed = written("need-to-know", making.case_of(referral, decision, sent))
    assert agreed.checks == ()
    late = {due.id: due.state for due in making.standing(case, FRAMEWORK, TODAY).deadlines}
    assert late["decide"] == "open"


def test_lines_and_paragraphs_of_prose_stay_as_they_were_written() -> None:
    case = making.case_of(making.new_referral(), making.decision(rationale="First line.\nSecond line.\n\nNext."))
    assert "First line.\\\nSecond line.\n\nNext.\n" in letter(case)
