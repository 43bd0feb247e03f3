"""Whatever is written in any field of any record, every document shows it as the text that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pytest
from hypothesis import given, settings

from sptool.documents.context import Folder, Material
from sptool.documents.documents import DOCUMENTS
from sptool.documents.rendering import render, render_folder
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.particulars import Person
from sptool.text.prose import normalise
from tests import making
from tests.documents.cases import FRAMEWORK, PARTNERSHIP
from tests.documents.cases import written as plainly_written
from tests.documents.goldens import LATER
from tests.documents.hostile import bones, line_of, said_everywhere, seen
from tests.documents.journeys import CASES, below_the_threshold, nominated, siblings_reviewed, under_review
from tests.documents.reading import one_line
from tests.documents.test_literal import hostile

OWN = {"questions": {"referral": [{"id": "early-help", "ask": "Was early help in place?", "type": "text"}]}}
EDITION = Framework.model_validate({**FRAMEWORK.model_dump(by_alias=True, mode="json"), **OWN})


def departed() -> Case:
    """A ground is met, another area should notify, and nothing was notified."""
    return making.case_of(
        making.new_referral(caller="school", caller_role="head", children=[{"id": "child-a", "outcome": "died"}]),
        making.decision(
            outcome="do-not-notify",
            duty_not_followed={"authorised_by": "Director", "reason": "For a reason."},
            then="nothing-further",
        ),
    )


def handed_over() -> Case:
    return making.case_of(
        making.new_referral(),
        making.decision(outcome="another-area-notifies", another_area={"area": "Elsewhere", "told_on": "2026-03-04"}),
    )


CHOSEN: Mapping[str, tuple[str, Callable[[], Case], str | None]] = {
    "departure": ("decision-letter", departed, None),
    "another area": ("decision-letter", handed_over, None),
    "asked": ("scoping-request", below_the_threshold, "gp"),
    "referred": ("need-to-know", under_review, None),
    "notified": ("notification-sheet", siblings_reviewed, None),
    "convened": ("rapid-review-agenda", under_review, None),
    "reviewed": ("rapid-review-report", siblings_reviewed, None),
    "decided": ("local-review-decision", siblings_reviewed, None),
    "family": ("family-letter", siblings_reviewed, None),
    "leadership": ("leadership-briefing", siblings_reviewed, None),
    "terms after a review": ("terms-of-reference", under_review, None),
    "terms after a nomination": ("terms-of-reference", nominated, None),
    "actions": ("action-plan", under_review, None),
    "history": ("case-history", siblings_reviewed, None),
    "briefing": ("seven-minute-briefing", under_review, None),
}


def elsewhere() -> Iterator[tuple[str, tuple[str, Callable[[], Case], str | None]]]:
    """A document that is not in the table is tried on the longest case that it can be written for."""
    for one in DOCUMENTS.values():
        if one.id not in {document for document, _, _ in CHOSEN.values()}:
            able = [make for make in CASES.values() if one.not_yet(make()) is None]
            longest = max(able, key=lambda make: len(make().records))
            yield one.id, (one.id, longest, next(iter(one.agencies(longest())), None))


WHERE = {**CHOSEN, **dict(elsewhere())}
WITHOUT_CHECKS = {"checks.md.j2": b""}  # none of an officer's words stand in them, and a long text adds one
SHORTENED = {"case-history": 1}  # the title of an action's deadline gives only its beginning, without a full stop
SAYS_NOTHING = {"family-letter"}  # on purpose: nothing that was written for professionals stands in it


def written(where: str, text: str) -> str:
    document, make, agency = WHERE[where]
    case = said_everywhere(make(), text)
    return render(
        document,
        case,
        EDITION,
        today=LATER,
        partnership=PARTNERSHIP,
        training=True,
        agency=agency,
        overrides=WITHOUT_CHECKS,
    ).markdown


def reported(text: str) -> str:
    cases = [said_everywhere(make(), text) for make in (under_review, siblings_reviewed, nominated)]
    told = tuple(Material(making.standing(case, EDITION, LATER), PARTNERSHIP, True) for case in cases)
    return render_folder("forum-report", Folder(told, EDITION, LATER, PARTNERSHIP, True)).markdown


@cache
def plain(where: str) -> str:
    return reported("plainly") if where == "forum" else written(where, "plainly")


def test_every_document_of_a_case_is_tried() -> None:
    assert {document for document, _, _ in WHERE.values()} == set(DOCUMENTS)


@pytest.mark.parametrize("where", WHERE)
@given(text=hostile)
@settings(max_examples=8, deadline=None)
def test_hostile_text_in_every_field_stays_text(where: str, text: str) -> None:
    document = WHERE[where][0]
    assert_literal(written(where, text), plain(where), text, document in SAYS_NOTHING, SHORTENED.get(document, 0))


@given(text=hostile)
@settings(max_examples=8, deadline=None)
def test_hostile_text_in_the_forum_report_stays_text(text: str) -> None:
    assert_literal(reported(text), plain("forum"), text, says_nothing=False)


@pytest.mark.parametrize("document", [one.id for one in DOCUMENTS.values() if one.identifies])
@given(text=hostile)
@settings(max_examples=8, deadline=None)
def test_hostile_names_and_addresses_stay_text(document: str, text: str) -> None:
    assert bones(named(document, text)) == bones(named(document, "plainly"))
    shown = seen(named(document, text))
    assert shown.count(line_of(text)) >= seen(named(document, "plainly")).count("plainly") - ADDRESSES[document]
    assert shown.count(one_line(text)) >= ADDRESSES[document]


ADDRESSES = {document.id: int("address" in document.identifies) for document in DOCUMENTS.values()}


def named(document: str, text: str) -> str:
    """A copy in which everything that identifies a child is the same text."""
    said = line_of(text)
    people = [
        Person(id="child-a", name=said, aliases=(said,), address=normalise(text)),
        Person(id="child-b", name=said),
    ]
    agency = "school" if DOCUMENTS[document].each_agency else None
    return plainly_written(
        document, siblings_reviewed(), LATER, overrides=WITHOUT_CHECKS, agency=agency, people=people
    ).markdown


def assert_literal(tried: str, plain: str, text: str, says_nothing: bool, shortened: int = 0) -> None:
    assert bones(tried) == bones(plain)
    times = seen(plain).count("plainly") - shortened
    assert (times == 0) == says_nothing
    shown = seen(tried)
    assert shown.count(one_line(text)) + (0 if one_line(text) == line_of(text) else shown.count(line_of(text))) >= times


def test_a_partnerships_own_name_and_question_stay_text() -> None:
    own = {"questions": {"referral": [{"id": "early-help", "ask": "*Was* | it?", "type": "yes-no", "hint": "`x`"}]}}
    edition = Framework.model_validate({**FRAMEWORK.model_dump(by_alias=True, mode="json"), **own})
    made = render_folder("need-to-know-form", Folder((), edition, LATER, "A | *B*", True)).markdown
    assert "**A \\| \\*B\\***" in made
    assert "| \\*Was\\* \\| it? (\\`x\\`) | ☐\N{NO-BREAK SPACE}Yes · ☐\N{NO-BREAK SPACE}No |" in made
