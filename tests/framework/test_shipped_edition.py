"""The shipped edition says what the January 2022 framework says, with its source beside it."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from pydantic import ValidationError

from sptool.errors import UsageError
from sptool.framework.models import LISTS, Framework, Question

TODAY = date(2026, 3, 2)
IN_2022 = date(2022, 3, 1)

# id, days, unit, from, met by, force, last day, verified
DEADLINES = [
    ("notify", 5, "working_days", "la-aware", "notification-settled", "duty", 5, True),
    ("tell-partners", 5, "working_days", "la-aware", "partners-told", "guidance", 5, True),
    ("panel", 15, "working_days", "notification-sent-ground-one", "submission-sent", "guidance", 15, True),
    ("rapid-review", 12, "working_days", "notification-sent-ground-one", "rapid-review-held", "framework", 13, True),
    ("publish", 6, "months", "review-started", "review-published", "guidance", 6, False),
    ("action", None, "own_date", "action-set", "action-ended", "local", None, True),
    ("decide", 5, "working_days", "la-aware", "notification-decided", "reminder", 5, False),
    ("clarification", 2, "working_days", "question-asked", "question-answered", "reminder", 2, False),
    ("share-rationale", 2, "working_days", "notification-decided", "rationale-shared", "reminder", 2, False),
    ("returns", 10, "working_days", "information-requested", "return-received", "reminder", 10, False),
    ("inform-leadership", 5, "working_days", "meeting-or-panel-reply", "leadership-told", "reminder", 5, False),
    ("panel-reply", 10, "working_days", "submission-sent", "panel-replied", "reminder", 10, False),
    ("learning", 20, "working_days", "sent-to-group", "learning-outcome-recorded", "reminder", 20, False),
]


def ids(shipped: Framework, name: str, on: date = TODAY) -> list[str]:
    return [entry.id for entry in shipped.choices(name, on)]


def test_the_deadlines_are_those_of_the_framework(shipped: Framework) -> None:
    found = [(r.id, r.days, r.unit, r.starts, r.met_by, r.force, r.last_day, r.verified) for r in shipped.deadlines]
    assert found == DEADLINES


def test_only_a_reminder_can_never_be_late(shipped: Framework) -> None:
    reminders = {rule.id for rule in shipped.deadlines if not rule.can_be_late}
    assert reminders == {
        "decide",
        "clarification",
        "share-rationale",
        "returns",
        "inform-leadership",
        "panel-reply",
        "learning",
    }


def test_the_rapid_review_aims_at_day_12_and_is_late_after_day_13(shipped: Framework) -> None:
    rule = shipped.rule("rapid-review")
    assert (rule.days, rule.late_after) == (12, 13)


def test_only_ground_one_starts_the_rapid_review_and_its_submission(shipped: Framework) -> None:
    assert [rule.id for rule in shipped.deadlines if rule.only_ground == "one"] == ["panel", "rapid-review"]


def test_deciding_is_no_longer_asked_for_once_notifying_is_met(shipped: Framework) -> None:
    assert {r.id: r.hidden_once_met for r in shipped.deadlines if r.hidden_once_met} == {"decide": "notify"}


def test_every_deadline_names_a_command_for_the_case(shipped: Framework) -> None:
    assert all("{case}" in r.command and r.command.startswith("sptool ") for r in shipped.deadlines)


def test_the_grounds_of_notification_and_their_criteria(shipped: Framework) -> None:
    grounds = {criterion.id: (criterion.ground, criterion.kind) for criterion in shipped.criteria.notification}
    assert grounds == {
        "abuse-or-neglect": ("one", "must"),
        "died-or-seriously-harmed": ("one", "must"),
        "in-area-or-resident": ("one", "must"),
        "looked-after-death": ("two", "must"),
        "care-leaver-death": (None, "should"),
    }


def test_the_review_criteria_are_as_many_as_regulations_and_framework_have(shipped: Framework) -> None:
    criteria = shipped.criteria
    assert [len(criteria.local_review), len(criteria.circumstances), len(criteria.national_review)] == [4, 4, 3]
    assert {criterion.kind for criterion in criteria.circumstances} == {"should"}


def test_the_agencies_of_every_rapid_review(shipped: Framework) -> None:
    taking_part = {
        agency.id: agency.seats for agency in shipped.agencies if agency.rapid_review and agency.valid(TODAY)
    }
    assert taking_part == {
        "local-authority": ("Head of Service",),
        "icb": ("Designated Nurse for Safeguarding",),
        "police": ("Detective Inspector",),
        "police-review-group": (),
        "hillingdon-hospital": ("Head of Safeguarding Families",),
        "cnwl": ("Named Nurse for Safeguarding", "Designated Paediatrician"),
        "school": (),
    }


def test_an_old_case_shows_the_agency_under_the_name_of_its_day(shipped: Framework) -> None:
    assert "Clinical Commissioning Group" in shipped.agency("ccg").name
    assert shipped.current("ccg", IN_2022).id == "ccg"
    assert shipped.current("ccg", date(2022, 6, 30)).id == "ccg"
    assert shipped.current("ccg", date(2022, 7, 1)).id == "icb"
    assert shipped.current("icb", IN_2022).id == "icb"


def test_an_agency_can_be_chosen_only_for_the_days_of_its_validity(shipped: Framework) -> None:
    assert {"ccg", "icb"} & set(ids(shipped, "agencies", IN_2022)) == {"ccg"}
    assert {"ccg", "icb"} & set(ids(shipped, "agencies")) == {"icb"}
    assert {"ccg", "icb"} & set(ids(shipped, "agencies", date(2022, 6, 30))) == {"ccg"}
    assert {"ccg", "icb"} & set(ids(shipped, "agencies", date(2022, 7, 1))) == {"icb"}


def test_partners_groups_themes_and_the_other_lists(shipped: Framework) -> None:
    assert ids(shipped, "safeguarding-partners") == ["local-authority", "police", "icb"]
    assert ids(shipped, "groups")[:3] == ["leadership", "task-and-finish", "task-and-finish-adults"]
    assert len(ids(shipped, "themes")) == 16
    assert len(ids(shipped, "approaches")) == 5
    assert [reason.id for reason in shipped.closure_reasons if reason.needs_receipt] == ["transferred"]
    assert not any(source.verified for source in shipped.learning_sources)


def test_the_forum_has_twelve_seats_and_reports_to_both_boards(shipped: Framework) -> None:
    forum = next(group for group in shipped.groups if group.id == "forum")
    assert (len(forum.members), forum.meets) == (12, "quarterly")
    assert forum.reports_to == ("childrens-board", "adults-board")


def test_no_closure_stops_a_clock_by_default(shipped: Framework) -> None:
    assert shipped.calendar.closures == ()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_asked_for_by_its_name(shipped: Framework, name: str) -> None:
    assert shipped.entries(name)
    first = shipped.choices(name, TODAY)[0]
    assert shipped.choice(name, first.id) is first
    assert shipped.name_of(name, first.id) == first.name


def test_what_rests_on_our_own_suggestion_is_never_called_verified(shipped: Framework) -> None:
    entries = [entry for name in LISTS for entry in shipped.entries(name)]
    ours = [e for e in (*entries, *shipped.deadlines, shipped.retention) if {"our-design"} == set(e.source)]
    assert ours
    assert not any(entry.verified for entry in ours)


def test_sources_are_cited_as_people_cite_them(shipped: Framework) -> None:
    assert shipped.cite(shipped.rule("notify")).startswith("Children Act 2004, section 16C; Hillingdon")


def test_the_edition_carries_the_digest_of_its_bytes(shipped: Framework, shipped_bytes: bytes) -> None:
    assert shipped.sha256 == sha256(shipped_bytes).hexdigest()
    assert shipped.edition == "2022-01"


def test_an_edition_can_not_be_changed_once_read(shipped: Framework) -> None:
    with pytest.raises(ValidationError):
        shipped.rule("notify").days = 6
    assert shipped.rule("notify").days == 5


def test_a_code_that_is_not_in_a_list_is_refused_with_the_nearest_and_all_that_is_allowed(
    shipped: Framework,
) -> None:
    why = shipped.why_not_allowed("safeguarding-partners", "polise", TODAY, also=("nobody",))
    assert why == (
        "this is not in the list of safeguarding partners. Did you mean `police`? "
        "Allowed: local-authority, police, icb, nobody."
    )
    assert shipped.why_not_allowed("safeguarding-partners", "police", TODAY) is None
    assert shipped.why_not_allowed("agencies", "anonymous", TODAY, also=("anonymous",)) is None
    assert "list of criteria (local review)." in (shipped.why_not_allowed("criteria.local-review", "zzz", TODAY) or "")


def test_a_code_of_another_day_is_refused_with_the_days_of_its_validity(shipped: Framework) -> None:
    why = shipped.why_not_allowed("agencies", "ccg", TODAY)
    assert why is not None
    assert why.startswith("this is valid only until 2022-06-30, so not on that day.")


def test_looking_up_what_is_not_there_suggests_the_nearest(shipped: Framework) -> None:
    with pytest.raises(UsageError, match="Did you mean `rapid-review`") as refused:
        shipped.rule("rapid-revue")
    assert refused.value.fix.startswith("Allowed: notify, tell-partners, panel,")
    with pytest.raises(UsageError, match="list of agencies"):
        shipped.agency("zzz")
    with pytest.raises(UsageError, match=r"no such list\. Did you mean `themes`"):
        shipped.entries("theme")
    assert shipped.name_of("agencies", "zzz") == "zzz"


def test_no_form_has_added_questions_until_a_partnership_adds_them(shipped: Framework) -> None:
    assert shipped.questions_for("referral") == ()
    question = Question(id="early-help", ask="Was early help in place?", type="yes-no")
    added = shipped.model_copy(update={"questions": {"referral": (question,)}})
    assert added.questions_for("referral") == (question,)
