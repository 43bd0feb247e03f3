"""What each document on the pathway must say, and when it is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sptool.documents.rendering import render
from sptool.documents.seven_minute_briefing import WORDS_IN_A_LINE
from sptool.errors import StepRefused
from sptool.framework.models import Framework
from sptool.records.anytime import Link
from sptool.records.case import Case
from sptool.records.learning import Briefing
from sptool.records.notification import Notification
from tests import making
from tests.documents.cases import FRAMEWORK, PARTNERSHIP, infant, looked_after, siblings_not_notified, written
from tests.documents.goldens import LATER
from tests.documents.journeys import (
    BRIEFED,
    below_the_threshold,
    family_of_the_dead,
    nominated,
    reviewed,
    siblings_reviewed,
    under_review,
)

REFERRED = making.case_of(making.new_referral())


def text(document: str, case: Case, today: date = LATER) -> str:
    return written(document, case, today).markdown


@pytest.mark.parametrize(
    ("document", "case", "first"),
    [
        ("need-to-know", making.case_of(making.nomination()), "sptool next"),
        ("notification-sheet", REFERRED, "sptool decide"),
        ("notification-sheet", siblings_not_notified(), "sptool decide HSP-2026-K7QM3 --reconsider"),
        ("rapid-review-agenda", REFERRED, "sptool notify"),
        ("rapid-review-report", infant(), "sptool rapid-review"),
        ("local-review-decision", family_of_the_dead(), "sptool decide"),
        ("family-letter", REFERRED, "sptool decide"),
        ("family-letter", siblings_not_notified(), "sptool next"),
        ("family-letter", making.added(looked_after(), making.notified(grounds=("two",))), "sptool next"),
        ("leadership-briefing", infant(), "sptool rapid-review"),
        ("terms-of-reference", reviewed(), "sptool outcome"),
        ("action-plan", infant(), "sptool action add"),
        ("seven-minute-briefing", infant(), "sptool brief"),
    ],
)
def test_a_document_is_refused_while_there_is_nothing_to_write(document: str, case: Case, first: str) -> None:
    before = case.records
    with pytest.raises(StepRefused) as refused:
        written(document, case)
    assert refused.value.fix.startswith(first)
    assert case.records == before


def test_the_proforma_shows_the_newest_answers_and_lists_what_is_not_known() -> None:
    case = making.added(infant(), making.update(media_interest="yes", incident_on="2026-02-26"))
    known, _, missing = text("need-to-know", case).partition("## What is not yet known")
    assert "| Date of the incident | Thursday 26 February 2026 |" in known
    assert "| Is there media interest? | Yes |" in known
    assert "Is there media interest?" not in missing
    assert "; Ethnicity;" in missing


def test_the_sheet_lists_what_is_missing_first_and_each_reason_with_its_law() -> None:
    made = text("notification-sheet", siblings_reviewed())
    assert made.index("## What is still missing") < made.index("## 1. Who notifies")
    assert "- Child B: Sex; " in made
    assert made.count("was seriously harmed (Children Act 2004, section 16C) |") == 2
    assert "A looked-after child died, whatever the cause (Hillingdon" in text("notification-sheet", looked_after())
    headings = [line for line in made.splitlines() if line.startswith("## ") and line[3].isdigit()]
    assert [line.partition(". ")[2] for line in headings] == [
        "Who notifies",
        "Reason for the notification",
        "Child A",
        "Child B",
        "The family",
        "The incident",
        "Who and what is involved",
        "Safety now",
        "The decision to notify",
        "Who is told",
    ]


def test_the_sheet_warns_of_the_last_day_of_unclear_grounds_and_of_a_fifth_child() -> None:
    five = [{"id": f"child-{letter}"} for letter in "abcde"]
    case = making.case_of(making.new_referral(children=five), making.decision(criteria=[making.answers()]))
    made = text("notification-sheet", case, date(2026, 3, 5))
    assert "**The last day to notify is Monday 9 March 2026.**" in made
    assert "There are 5 children in this case, more than the form takes." in made
    assert "A ground that is met: the answers to the criteria show none." in made
    unknown = making.case_of(making.new_referral(la_aware_on="unknown"), making.decision())
    assert "**The last day to notify can't be worked out:**" in text("notification-sheet", unknown)
    assert "more than the form takes" not in text("notification-sheet", unknown)


def test_the_sheet_knows_that_the_partners_were_told_afterwards() -> None:
    sent = making.added(looked_after(), making.make(Notification, "2026-03-05", grounds=["two"]))
    assert "| The other safeguarding partners | Not recorded as told |" in text("notification-sheet", sent)
    told = making.added(sent, making.told("2026-03-06", who="partners"))
    made = text("notification-sheet", told)
    assert "| The other safeguarding partners | Told on Friday 6 March 2026 |" in made
    assert "record that you sent it" not in made


def test_a_child_has_a_capital_letter_in_the_history_of_a_correction_too() -> None:
    first = making.new_referral(children=[{"id": "child-a", "sex": "female"}])
    case = making.case_of(first, making.correction(first, children=[{"id": "child-a", "sex": "male"}]))
    made = text("case-history", case)
    assert "| Which children? | Child A; Female | Child A; Male |" in made
    assert "Child a" not in made


@pytest.mark.parametrize("document", ["family-letter", "local-review-decision"])
def test_a_review_that_has_ended_is_not_spoken_of_as_to_come(document: str) -> None:
    promises = ("takes some months", "before anything is made public", "publish the review by", "commission a reviewer")
    under_way = making.case_of(
        making.new_referral(children=[{"id": "child-a", "outcome": "died"}]),
        making.decision(),
        making.notified(),
        making.met(),
        making.review_decision(outcome="lcspr"),
    )
    before = text(document, under_way)
    assert any(promise in before for promise in promises)
    for how, said in (("published", "published"), ("not-published", "not to publish")):
        ended = making.added(under_way, making.published("2026-09-01", how, reasons="It would name somebody."))
        made = text(document, ended, date(2026, 9, 2))
        assert not any(promise in made for promise in promises)
        (line,) = [line for line in made.splitlines() if "Tuesday 1 September 2026" in line]
        assert said in line


def test_linked_cases_stand_on_the_sheet() -> None:
    linked = making.added(infant(), making.make(Link, "2026-03-09", to=making.OTHER_REF, relation="sibling"))
    assert f"| Linked cases | {making.OTHER_REF} |" in text("notification-sheet", linked)


def test_the_agenda_puts_safety_second_only_to_the_welcome_and_gives_the_days() -> None:
    made = text("rapid-review-agenda", infant(), date(2026, 3, 9))
    assert "by Monday 23 March 2026. The last day for it is Tuesday 24 March 2026" in made
    assert "2. **Is every child safe now?**" in made
    assert "Still awaited: Metropolitan Police; Central and North West London NHS Foundation Trust (CNWL)." in made
    assert made.count("regulation 11") == 1  # cited once, below the criteria


CONTENT: dict[str, dict[str, Any]] = {
    "Who the child and the family are": {"identifying_details": "in-the-particulars"},
    "What is in place now to keep every child concerned safe": {"safeguarding_arrangements": "All are safe."},
    "The facts in brief, as far as the analysis needs them; not a long chronology": {"facts": "It happened."},
    "What has been learned already, and how it will be passed on": {
        "immediate_learning": "This.",
        "sharing_learning": "So.",
    },
    "What more there may be to learn": {"potential_learning": "That."},
    "How racism, other inequality and disability shaped what happened": {"inequality": "So it did."},
}


@pytest.mark.parametrize("what", CONTENT)
def test_the_report_says_plainly_which_part_of_the_minimum_content_is_missing(what: str) -> None:
    every = {name: value for fields in CONTENT.values() for name, value in fields.items()}
    for left_out in CONTENT[what]:
        held = making.met(**{name: value for name, value in every.items() if name != left_out})
        case = making.case_of(making.new_referral(), making.decision(), making.notified(), held)
        made = written("rapid-review-report", making.added(case, making.review_decision()), LATER)
        assert f"| {what} | Missing |" in made.markdown
        assert made.markdown.count("| Missing |") == 1
        assert "**Missing:**" in made.markdown
        assert made.checks == (f"Still missing from the report: {what}.",)


def test_a_whole_report_says_that_nothing_is_missing() -> None:
    made = written("rapid-review-report", reviewed(), LATER)
    assert "The report has all of the minimum content." in made.markdown
    assert "Missing" not in made.markdown
    assert made.checks == ()


def test_a_part_that_the_partnership_added_is_to_be_written_in() -> None:
    plain = FRAMEWORK.model_dump(by_alias=True, mode="json")
    entry = {"id": "own", "name": "The view of the youth council", "source": ["our-design"], "verified": False}
    plain["rapid_review_content"].append(entry)
    edition = Framework.model_validate(plain)
    made = render(
        "rapid-review-report", reviewed(), edition, today=LATER, partnership=PARTNERSHIP, training=True
    ).markdown
    assert "| The view of the youth council | To be written in |" in made


def test_the_report_tells_each_deadline_and_why_it_was_missed() -> None:
    made = text("rapid-review-report", siblings_reviewed())
    assert "| Notify the Panel | Monday 9 March 2026 | Done on Thursday 12 March 2026, late |" in made
    assert "The record was not passed on." in made


def test_the_decision_keeps_the_two_questions_apart_and_shows_dissent() -> None:
    made = text("local-review-decision", siblings_reviewed())
    assert made.index("First question: are the criteria met?") < made.index("Second question: is a review appropriate?")
    assert "| Police | Disagrees | The trial should come first. |" in made
    assert "### Dissent\n\nThe police would wait for the trial." in made
    assert "No position is recorded for: Integrated care board (NHS)." in made
    assert "No dissent is recorded." in text("local-review-decision", reviewed())


def test_a_decision_that_the_panel_disagreed_with_names_the_one_that_it_replaces() -> None:
    first = making.review_decision()
    before = making.case_of(making.new_referral(), making.decision(), making.notified(), making.met(), first)
    asked = making.added(before, making.submitted(), making.panel_replied(position="disagrees"))
    again = making.added(asked, making.reconsideration(first, "2026-04-07", outcome="lcspr"))
    assert "It replaces the decision of Tuesday 24 March 2026" in text("local-review-decision", again)
    assert "and disagrees." in text("local-review-decision", again)
    assert "decided to carry out" in text("local-review-decision", again)


@pytest.mark.parametrize(
    ("case", "says", "says_not"),
    [
        (infant(), "The review has not been held yet.", "died"),
        (family_of_the_dead(), "We are so sorry that your child died.", "your children"),
        (reviewed(), "it was decided not to hold a longer review", "your children"),
        (siblings_reviewed(), "it was decided to look more closely", "your child "),
    ],
)
def test_the_letter_to_the_family_is_plain_and_calls_nobody_by_a_label(case: Case, says: str, says_not: str) -> None:
    made = written("family-letter", case, LATER)
    _, _, letter = made.markdown.partition("# About the review")
    assert says in letter
    assert says_not not in letter
    for word in ("Child A", "Child B", "LCSPR", "Panel", "criteri", "notif", "rationale", "multi-agency"):
        assert word not in letter
    assert any("Agree with the social worker" in check for check in made.checks)


def test_the_leadership_group_sees_first_what_it_must_look_at() -> None:
    made = text("leadership-briefing", siblings_reviewed())
    assert "- No answer has come from: School or nursery.\n- Dissent is recorded." in made
    assert "Late, or done late: Notify the Panel; Tell the other" in made
    assert "The Panel has not yet replied." in text("leadership-briefing", _submitted())


def _submitted() -> Case:
    steps = (making.new_referral(), making.decision(), making.notified(), making.met(), making.review_decision())
    return making.case_of(*steps, making.submitted())


def test_the_terms_say_where_the_case_came_from() -> None:
    assert "Where the case came from: Nomination by a member of the group." in text("terms-of-reference", nominated())
    assert "Where the case came from: Rapid review." in text("terms-of-reference", under_review())


def test_where_the_case_came_from_is_told_in_words_by_an_edition_without_that_source() -> None:
    plain = FRAMEWORK.model_dump(by_alias=True, mode="json")
    plain["learning_sources"] = [one for one in plain["learning_sources"] if one["id"] == "rapid-review"]
    edition = Framework.model_validate(plain)
    made = render(
        "terms-of-reference", below_the_threshold(), edition, today=LATER, partnership=PARTNERSHIP, training=True
    ).markdown
    assert "Where the case came from: Below threshold." in made


def test_the_action_plan_tells_late_from_open_and_done_from_a_difference_made() -> None:
    made = text("action-plan", reviewed())
    assert "3 actions; 1 is open, and 1 is late." in made
    assert "It made a difference.\n\nHow that is known:\n\nSeven were passed on" in made
    assert "**late**" not in text("action-plan", reviewed(), date(2026, 5, 29))  # due on that day
    moved = making.action()
    later = making.case_of(making.nomination(), moved, making.action_update(moved, due_on="2026-08-31"))
    assert "due Monday 31 August 2026 (first agreed for Tuesday 30 June 2026)" in text("action-plan", later)


def test_a_briefing_that_does_not_fit_on_a_page_is_pointed_out() -> None:
    def of(prose: str) -> Case:
        return making.case_of(
            making.new_referral(), making.make(Briefing, "2026-05-20", **dict.fromkeys(BRIEFED, prose))
        )

    def checks(prose: str, training: bool = False) -> str:
        return " ".join(written("seven-minute-briefing", of(prose), training=training).checks)

    three_lines = "word " * WORDS_IN_A_LINE * 3
    assert checks(three_lines) == ""
    assert "will not fit on one page" in checks(three_lines, training=True)  # the practice mark takes room
    assert "will not fit on one page" in checks(three_lines + "word")
    assert "will not fit on one page" in checks("\n\n".join("abc") + "\nd")


def test_a_family_that_was_told_after_the_decision_is_not_called_untold() -> None:
    untold = siblings_reviewed()
    assert "The family has not been told." in text("local-review-decision", untold)
    for who, fields in (("leadership", {}), ("family", {"told": "not-told", "why_not": "Not yet."})):
        still = making.added(untold, making.told("2026-04-20", who=who, **fields))
        assert "The family has not been told." in text("local-review-decision", still)
    other = making.added(untold, making.told("2026-04-20", who="family", about=["learning"]))
    assert "The family has not been told." in text("local-review-decision", other)
    said = text("local-review-decision", making.added(untold, making.told("2026-04-20", who="family")))
    assert "The family was told the decision and its reasons on Monday 20 April 2026." in said
    assert "It was not told earlier for this reason:\n\nThe police asked" in said
