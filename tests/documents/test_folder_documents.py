"""The documents that are not about a single case: the blank proforma and the forum report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sptool.documents.need_to_know import CHILD, OURS, PARTS, PERSON
from sptool.documents.rendering import render_folder
from sptool.errors import UsageError
from sptool.records.particulars import Person
from sptool.records.referral import Child, Facts, Referral
from tests import making
from tests.documents.cases import infant, written
from tests.documents.goldens import LATER, folder
from tests.documents.journeys import CASES

NOT_ON_THE_FORM = {"children", "lead_officer", "linked_cases", "from_nomination", "replaces", "out_of_order", "local"}


def report(*names: str) -> str:
    return render_folder("forum-report", folder(*names)).markdown


def test_the_proforma_drops_no_question_of_the_referral() -> None:
    asked = {name for names in PARTS.values() for name in names}
    every = {name for name, field in Referral.model_fields.items() if field.title}
    assert asked == every - NOT_ON_THE_FORM
    assert set(Facts.model_fields) - {"children"} <= asked
    assert set(CHILD) == set(Child.model_fields) - {"id"}
    assert set(PERSON) == set(Person.model_fields)


def test_the_blank_form_asks_everything_but_what_is_ours_and_asks_for_names_last() -> None:
    made = render_folder("need-to-know-form", folder()).markdown
    for names in (*PARTS.values(), CHILD, PERSON):
        for name, text in names.items():
            assert (f"| {text}" in made) == (name not in OURS)
    assert made.index("## 1. Is any child at risk now?") < made.index("| Agency |") < made.index("| Name |")
    assert made.rindex("## 9. Who they are") < made.index("| Date of birth |")


def test_the_blank_form_offers_only_agencies_of_the_day() -> None:
    made = render_folder("need-to-know-form", folder()).markdown
    before = render_folder("need-to-know-form", folder(today=date(2022, 3, 1))).markdown
    assert "☐\N{NO-BREAK SPACE}NHS North West London Integrated Care Board" in made
    assert "Clinical Commissioning Group" not in made
    assert "☐\N{NO-BREAK SPACE}NHS North West London Clinical Commissioning Group" in before


def test_files_are_named_by_the_day() -> None:
    made = render_folder("forum-report", folder())
    assert (made.file_name, made.agency, made.checks) == ("forum-report-2026-07-01.md", "", ())


def test_a_small_number_of_cases_is_never_given() -> None:
    assert "| Babies under one | Fewer than 5 |" in report(*["reviewed"] * 4)
    assert "| Babies under one | 5 |" in report(*["reviewed"] * 5)


def test_only_what_falls_into_the_period_is_reported() -> None:
    busy = folder("reviewed", "siblings-reviewed")
    later = render_folder("forum-report", replace(busy, since=date(2026, 6, 15))).markdown
    assert "from Monday 15 June 2026 to Wednesday 1 July 2026" in later
    assert "No briefing was issued in this period." in later
    assert "No learning outcome was recorded in this period." in later
    assert "| Assured in this period | 1 |" in later  # on 29 June
    assert "| Not implemented in this period | 0 |" in later  # on 10 June
    assert "Book interpreters" not in later
    assert "| Friday 12 June 2026 | Babies under one |" in report("reviewed")


def test_what_is_late_or_at_risk_or_given_up_is_escalated_with_its_reason() -> None:
    made = report("reviewed").partition("## Issues to escalate")[2].partition("## Themes")[0]
    assert "At risk, **late**: The system can't send messages yet." in made
    assert "Not implemented: Another programme does it." in made
    assert "Send every practice" not in made


def test_the_report_names_no_case_but_a_local_review() -> None:
    assert making.REF not in report("reviewed", "nominated")
    assert f"| {making.REF} | Friday 1 May 2026 | Begun |" in report("siblings-reviewed")


def test_a_case_is_neither_asked_for_nor_given() -> None:
    with pytest.raises(UsageError) as refused:
        written("forum-report", infant())
    assert refused.value.fix == "Leave the case out: sptool render forum-report"
    with pytest.raises(UsageError) as refused:
        render_folder("action-plan", folder())
    assert refused.value.fix == "Name the case: sptool render REF action-plan"
    with pytest.raises(UsageError, match="Did you mean `forum-report`"):
        render_folder("forum-reprot", folder())
    assert infant() == CASES["infant"]()
    made = [
        [(one.case, one.today) for one in cases]
        for cases in (folder("infant").cases, folder("infant", today=LATER).cases)
    ]
    assert made[0] == made[1] != []
