"""What is wrong with an edition's file is said in plain English: all of it, with its line and field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sptool.errors import UnfitFile
from sptool.framework.loading import load_framework
from sptool.framework.units import UNITS
from sptool.text.yaml import Plain, write_yaml
from sptool.workflow.events import EVENTS

Edited = Callable[..., bytes]

NAMES = tuple(UNITS)
KINDS = ("referral", "notification")
EACH = {event.id: event.each for event in EVENTS.values()}
NOTIFY = "  - id: notify\n    title: Notify the Panel\n    days: 5\n    unit: working_days\n"
NOTIFY_CLOCK = NOTIFY + "    from: la-aware\n    met_by: notification-settled\n    force: duty\n"
POLICE = "  - id: police\n    name: Metropolitan Police\n"
CCG_END = "    valid_to: 2022-06-30\n    successor: icb\n"
OPEN = "questions: {}"
ASKED = "questions:\n  referral:\n    - {id: a, ask: A?, "
LOCAL_AUTHORITY = "[Head of Service]\n    source: [framework]"

A_LIST = "this must be a list: each entry on a line of its own after `- `, or [in, brackets]"
SMALL_LETTERS = "use small letters and digits, with single hyphens between words"
TOO_FEW = "this is fewer than days; the last day in time can't come before the day to aim at"
TWICE = "another entry of the list has this id already; give each entry an id of its own"


def problems(content: bytes, kinds: tuple[str, ...] = KINDS) -> list[tuple[str, str]]:
    """Each problem's field and wording; every one must name the file and a line that is there."""
    with pytest.raises(UnfitFile) as refused:
        load_framework(content, "new.yaml", kinds, EACH)
    assert "sptool framework check" in refused.value.fix
    for problem in refused.value.problems:
        assert problem.file == "new.yaml"
        assert problem.line is None or 1 <= problem.line <= content.count(b"\n") + 1
    return [(problem.field, problem.what) for problem in refused.value.problems]


# What is changed in the shipped file, the field that is named, and what is said about it.
WRONG_BY_ITSELF = [
    ("\n  care-act-2014-s44:", "\n  Care Act:", "sources.Care Act", SMALL_LETTERS),
    (NOTIFY, NOTIFY.replace("days: 5", "days: five"), "deadlines.0.days", "write a whole number here, without quotes"),
    (NOTIFY, NOTIFY.replace("days: 5", "days: 5.5"), "deadlines.0.days", "write a whole number here, without quotes"),
    (NOTIFY, NOTIFY.replace("days: 5", "days: -5"), "deadlines.0.days", "write a number from 0 up"),
    (NOTIFY, NOTIFY.replace("days: 5", "days: 999"), "deadlines.0.days", "write a number up to 400"),
    (
        NOTIFY,
        NOTIFY.replace("    days: 5\n", ""),
        "deadlines.0",
        f"days is missing: say how many {' or '.join(unit.title for unit in UNITS.values() if unit.is_counted)}",
    ),
    (NOTIFY, NOTIFY.replace("    title: Notify the Panel\n", ""), "deadlines.0.title", "this field is missing"),
    (
        NOTIFY,
        NOTIFY.replace("title:", "titel:"),
        "deadlines.0.titel",
        "this field is not known here. Did you mean `title`?",
    ),
    (
        NOTIFY,
        NOTIFY.replace("working_days", "workdays"),
        "deadlines.0.unit",
        f"write {', '.join(map(repr, NAMES[:-1]))} or {NAMES[-1]!r}",
    ),
    ("    verified: true", "    verified: yes", "sources.framework.verified", "write true or false here"),
    (LOCAL_AUTHORITY, LOCAL_AUTHORITY.replace("[framework]", "framework"), "agencies.0.source", A_LIST),
    ("in_force_from: 2022-01-01", "in_force_from: 2022-02-30", "in_force_from", "there is no such date"),
    ("in_force_from: 2022-01-01", "in_force_from: 1 January", "in_force_from", "write the date as YYYY-MM-DD"),
    ("in_force_from: 2022-01-01", "in_force_from: 2022", "in_force_from", "write the date as YYYY-MM-DD"),
    ("in_force_from: 2022-01-01", "in_force_from:", "in_force_from", "write the date as YYYY-MM-DD"),
    ("edition: 2022-01", "edition: January", "edition", "name the edition by year and month, such as 2022-01"),
    ("edition: 2022-01", "edition: 2022", "edition", "write text here; put it in quotes if it looks like a number"),
    ("title: Learning from Practice Framework", 'title: ""', "title", "write something here"),
    (POLICE, POLICE.replace("id: police", "id: The Police"), "agencies.3.id", SMALL_LETTERS),
    ("edition: 2022-01", "edition: 2022-01\nsha256: none", "sha256", "leave this out: it is worked out from the file"),
]


@pytest.mark.parametrize(("old", "new", "field", "what"), WRONG_BY_ITSELF)
def test_a_field_that_is_wrong_by_itself(edited: Edited, old: str, new: str, field: str, what: str) -> None:
    assert (field, what) in problems(edited((old, new)))


DOES_NOT_FIT = [
    (NOTIFY, NOTIFY * 2 + "#", "deadlines.1.id", TWICE),
    (
        NOTIFY_CLOCK,
        NOTIFY_CLOCK.replace("la-aware", "la-awere"),
        "deadlines.0.from",
        "this is not one of the events in docs/framework-file.md. Did you mean `la-aware`?",
    ),
    (
        NOTIFY_CLOCK,
        NOTIFY_CLOCK.replace("notification-settled", "question-answered"),
        "deadlines.0.met_by",
        "this event does not belong to the one under from, so it could never meet the deadline",
    ),
    (
        NOTIFY,
        NOTIFY.replace("id: notify", "id: tell-panel"),
        "deadlines",
        "the entry `notify` is missing; it can be changed but not left out",
    ),
    (NOTIFY, NOTIFY + "    late_after: 4\n", "deadlines.0.late_after", TOO_FEW),
    (
        NOTIFY_CLOCK,
        NOTIFY_CLOCK.replace("duty", "reminder") + "    late_after: 6\n",
        "deadlines.0.late_after",
        "a reminder is never late; leave this out, or write another force",
    ),
    (
        "    unit: own_date\n",
        "    unit: own_date\n    days: 3\n",
        "deadlines.5.days",
        "leave this out where each record names its own date",
    ),
    (
        "hidden_once_met: notify",
        "hidden_once_met: notfy",
        "deadlines.6.hidden_once_met",
        "this is not an id listed under deadlines. Did you mean `notify`?",
    ),
    (
        CCG_END,
        CCG_END.replace("icb", "icbs"),
        "agencies.1.successor",
        "this is not an id listed under agencies. Did you mean `icb`?",
    ),
    (
        CCG_END,
        "    successor: icb\n",
        "agencies.1.successor",
        "an agency with a successor needs its last day (valid_to)",
    ),
    (CCG_END, CCG_END.replace("icb", "ccg"), "agencies.1.successor", "these agencies succeed each other in a circle"),
    (
        CCG_END,
        "    valid_from: 2022-07-01\n" + CCG_END,
        "agencies.1.valid_to",
        "the last day (valid_to) lies before the first (valid_from)",
    ),
    (
        "agency: community-safety",
        "agency: communty-safety",
        "groups.3.members.4.agency",
        "this is not an id listed under agencies. Did you mean `community-safety`?",
    ),
    (
        "reports_to: [forum]",
        "reports_to: [forums]",
        "groups.1.reports_to.0",
        "this is not an id listed under groups. Did you mean `forum`?",
    ),
    (
        "    agency: police\n",
        "    agency: polise\n",
        "safeguarding_partners.1.agency",
        "this is not an id listed under agencies. Did you mean `police`?",
    ),
    (
        "source: [working-together]",
        "source: [working-togther]",
        "deadlines.1.source.0",
        "this is not an id listed under sources. Did you mean `working-together`?",
    ),
    ("      ground: two\n", "", "criteria.notification", "no criterion belongs to ground two; each ground needs one"),
    (
        "closures: []",
        "closures:\n    - {name: Closed, from: 2026-12-31, to: 2026-12-29, stops: [notfy]}",
        "calendar.closures.0.stops.0",
        "this is not an id listed under deadlines. Did you mean `notify`?",
    ),
    (
        "closures: []",
        "closures:\n    - {name: Closed, from: 2026-12-31, to: 2026-12-29}",
        "calendar.closures.0.to",
        "the last day (to) lies before the first (from)",
    ),
    (OPEN, "questions:\n  referal: []", "questions.referal", "this is not a kind of record. Did you mean `referral`?"),
    (OPEN, ASKED + "type: choice, choices: [One]}", "questions.referral.0", "a choice needs at least two choices"),
    (
        OPEN,
        ASKED + "type: text, choices: [One, Two]}",
        "questions.referral.0.choices",
        "choices go only with the type `choice`",
    ),
    (OPEN, f"{ASKED}type: text}}\n    - {{id: a, ask: B?, type: text}}", "questions.referral.1.id", TWICE),
]


@pytest.mark.parametrize(("old", "new", "field", "what"), DOES_NOT_FIT)
def test_an_entry_that_does_not_fit_the_rest(edited: Edited, old: str, new: str, field: str, what: str) -> None:
    assert (field, what) in problems(edited((old, new)))


def test_each_problem_names_its_own_line_and_they_come_in_the_file_s_order(edited: Edited) -> None:
    content = edited(
        (CCG_END, CCG_END.replace("icb", "icbs")),
        (NOTIFY, NOTIFY.replace("days: 5", "days: five")),
        ("in_force_from: 2022-01-01", "in_force_from: 2022-02-30"),
    )
    with pytest.raises(UnfitFile) as refused:
        load_framework(content, "new.yaml", KINDS, EACH)
    lines = content.decode().splitlines()
    found = [lines[(problem.line or 0) - 1].strip() for problem in refused.value.problems]
    assert found == ["in_force_from: 2022-02-30", "days: five", "successor: icbs"]


def test_one_mistake_makes_one_problem(edited: Edited) -> None:
    assert len(problems(edited((CCG_END, CCG_END.replace("icb", "icbs"))))) == 1
    assert len(problems(edited(("\nsources:\n", "\nsource_list:\n")))) == 2  # one missing, one not known
    assert len(problems(edited(("\nagencies:\n", "\nagencys:\n")))) == 2
    assert len(problems(edited(("\ngroups:\n", "\ngroup:\n")))) == 2


def test_the_last_day_in_time_may_be_the_day_to_aim_at(edited: Edited) -> None:
    framework = load_framework(edited((NOTIFY, NOTIFY + "    late_after: 5\n")), "new.yaml", KINDS, EACH)
    assert framework.rule("notify").last_day == 5


def test_no_message_repeats_what_the_file_says(edited: Edited) -> None:
    marker = "Zebedee Example"
    content = edited(
        (NOTIFY_CLOCK, NOTIFY_CLOCK.replace("days: 5", f"days: {marker}").replace("la-aware", marker)),
        ("in_force_from: 2022-01-01", f"in_force_from: {marker}"),
        ("force: duty", f"force: {marker}"),
        (CCG_END, CCG_END.replace("icb", marker)),
    )
    said = " ".join(what for _, what in problems(content))
    assert "Zebedee" not in said


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"- a\n- b\n", b"just words\n"])
def test_a_file_that_is_no_edition(content: bytes) -> None:
    assert problems(content) == [("", "this is not a framework edition: no field is set")]


def test_an_edition_of_which_nothing_is_there_yet_lists_every_field() -> None:
    missing = [field for field, what in problems(b"edition: 2026-04\n") if what == "this field is missing"]
    assert {"title", "partnership", "sources", "calendar", "deadlines", "criteria", "agencies"} <= set(missing)


def test_added_questions_are_held_by_kind_of_record(edited: Edited) -> None:
    added = "questions:\n  referral:\n    - {id: ward, ask: Which ward?, type: choice, choices: [North, South]}"
    framework = load_framework(edited((OPEN, added)), "new.yaml", KINDS, EACH)
    assert [question.choices for question in framework.questions_for("referral")] == [("North", "South")]


SCALARS: st.SearchStrategy[Plain] = (
    st.none() | st.booleans() | st.integers(-5, 500) | st.sampled_from(["notify", "x y", "2026-02-30", "one"])
)
KEYS = st.sampled_from(["id", "source", "from", "to", "days", "unit", "choices", "type", "valid_from", "successor"])
DATA: st.SearchStrategy[Plain] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
SECTIONS = st.sampled_from(
    ["edition", "sources", "calendar", "deadlines", "criteria", "agencies", "groups", "themes", "questions"]
)


@given(st.dictionaries(SECTIONS, DATA, min_size=1, max_size=4))
def test_whatever_stands_in_a_file_the_answer_is_a_list_of_problems(sections: dict[str, Plain]) -> None:
    assert problems(write_yaml(sections))
