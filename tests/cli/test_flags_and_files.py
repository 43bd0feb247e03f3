"""A flag beside a file or a draft: each adds to the other; where they differ the step is refused with both named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sptool.text.yaml import read_plain
from tests.cli.cases import EVERY, GROUND_ONE, NO_REVIEW, NOT_NOTIFY, NOTIFY, criteria, notified, referred
from tests.cli.running import Desk, Ran, desk, pattern

__all__ = ["desk", "pattern"]

CHILD: Mapping[str, object] = {"id": "child-a", "outcome": "died", "age": "9", "looked_after": "yes"}
CANARY = "Quibblecanary"
POSITIONS = [
    {"partner": "police", "position": "disagrees", "note": "Not enough is known."},
    {"partner": "icb", "position": "agrees"},
]
FACTS = ("--caller", "police", "--at-risk-now", "no", "--la-aware-on", "2026-03-02")


def newest(desk: Desk) -> dict[str, Any]:
    record = read_plain(desk.newest().encode(), "record")
    assert isinstance(record, dict)
    return record


def recorded(desk: Desk, *words: str, answers: Mapping[str, object], today: str = "2026-03-20") -> dict[str, Any]:
    desk.record(*words, answers=answers, today=today)
    return newest(desk)


def refused(desk: Desk, *words: str, stdin: str = "", code: int = 2) -> Ran:
    """Runs a step that must be refused and change nothing."""
    before = desk.state()
    ran = desk.call(*words, stdin=stdin, today="2026-03-20", code=code)
    assert desk.state() == before
    return ran


# --- a flag completes what a file says --------------------------------------------------------------------------


def test_a_child_named_by_a_flag_keeps_what_the_file_says_of_it(desk: Desk) -> None:
    given = {"summary": "Child A came to harm.", "children": [CHILD]}
    flags = (*FACTS, "--child", "child-a", "--child", "child-b", "--child", "child-b")
    assert recorded(desk, "new-referral", *flags, answers=given)["children"] == [CHILD, {"id": "child-b"}]


def test_positions_criteria_and_participants_of_both_stand(desk: Desk) -> None:
    case = referred(desk)
    half = [{"child": "child-a", "answers": dict.fromkeys(EVERY[:2], "met"), "evidence": "Two fractures."}]
    more = [word for code in EVERY[1:] for word in ("--criterion", f"child-a:{code}={met(code)}")]
    flags = (*more, "--position", "police=disagrees", "--position", "local-authority=agrees")
    given = {**NOTIFY, "criteria": half, "positions": POSITIONS}
    record = recorded(desk, "decide", case, *flags, answers=given)
    assert record["positions"] == [*POSITIONS, {"partner": "local-authority", "position": "agrees"}]
    assert record["criteria"] == [{**criteria(*GROUND_ONE), "evidence": "Two fractures."}]


def met(code: str) -> str:
    return "met" if code in GROUND_ONE else "not-met"


def test_what_an_agency_is_asked_stands_beside_the_flag_that_names_it(desk: Desk) -> None:
    case = notified(desk)
    asked = {"agency": "police", "return_by": "2026-03-30", "particular": "What do you hold?"}
    given = {"happened_on": "2026-03-20", "requests": [asked]}
    record = recorded(desk, "scope", case, "--agency", "gp", "--agency", "police", answers=given)
    assert record["requests"] == [asked, {"agency": "gp"}]


def test_lists_of_codes_and_roles_are_added_to(desk: Desk) -> None:
    case = notified(desk)
    given = {
        "happened_on": "2026-03-18",
        "agencies_involved": ["police"],
        "decision_participants": ["Detective Inspector"],
        "themes": ["neglect"],
        "recommendation_reasons": "No criterion is met.",
    }
    more = (
        "--agency",
        "gp",
        "--agency",
        "police",
        "--participant",
        "Head of Service",
        "--theme",
        "information-sharing",
    )
    record = recorded(desk, "rapid-review", case, "--recommends", "no-lcspr", *more, answers=given)
    assert record["agencies_involved"] == ["police", "gp"]
    assert record["decision_participants"] == ["Detective Inspector", "Head of Service"]
    assert record["themes"] == ["neglect", "information-sharing"]


def test_the_criteria_of_a_local_review_are_completed(desk: Desk) -> None:
    case = notified(desk)
    held = {"happened_on": "2026-03-18", "agencies_involved": ["police"], "decision_participants": ["A role"]}
    desk.record("rapid-review", case, answers={**held, "recommends": "no-lcspr", "recommendation_reasons": "None."},
                today="2026-03-18")  # fmt: skip
    given = {**NO_REVIEW, "criteria": {"improvements": "not-met", "recurrent-themes": "not-met"}}
    record = recorded(desk, "decide", case, "--criterion", "working-together=not-met", answers=given)
    assert record["criteria"] == NO_REVIEW["criteria"]
    twice = ("--criterion", "improvements=met", "--criterion", "child-a:improvements=not-met")
    said = refused(desk, "decide", case, "--reconsider", *twice).err
    assert "--criterion improvements=met contradicts --criterion child-a:improvements=not-met" in said


def test_the_same_answer_twice_is_one_answer(desk: Desk) -> None:
    case = referred(desk)
    words = ("decide", case, "--on", "3 March 2026", "--outcome", "do-not-notify", "--decided-by", "Assistant Director")
    record = recorded(desk, *words, answers=NOT_NOTIFY)
    assert (record["happened_on"], record["decided_by"]) == ("2026-03-03", "Assistant Director")


# --- contradictions are refused -------------------------------------------------------------------------------


def test_a_position_that_contradicts_the_file_is_refused_with_both_named(desk: Desk) -> None:
    case = referred(desk)
    content = (
        "outcome: notify\npositions:\n- {partner: icb, position: agrees}\n- partner: police\n  position: disagrees\n"
    )
    file = str(desk.file(content))
    said = refused(desk, "decide", case, "--position", "police=agrees", "--position", "icb=agrees", "--from", file).err
    assert "the file given with --from, line 5, positions.2.position: this contradicts --position police=agrees" in said
    assert said.count("contradicts") == 1


@pytest.mark.parametrize(
    ("flags", "answers", "said"),
    [
        (("--outcome", "notify"), "outcome: do-not-notify", "line 1, outcome: this contradicts --outcome notify"),
        (("--decided-by", f"{CANARY}"), "decided_by: Somebody", "line 1, decided_by: this contradicts --decided-by"),
        (("--on", "3/3/2026"), "happened_on: 2026-03-04", "line 1, happened_on: this contradicts --on"),
        (
            ("--criterion", "child-a:abuse-or-neglect=met"),
            "criteria:\n- child: child-a\n  answers:\n    abuse-or-neglect: not-met",
            "line 4, criteria.1.answers.abuse-or-neglect: this contradicts --criterion child-a:abuse-or-neglect=met",
        ),
        (
            ("--criterion", f"child-a:{CANARY.lower()}=met"),
            f"criteria: [{{child: child-a, answers: {{{CANARY.lower()}: not-met}}}}]",
            "this contradicts --criterion\n",
        ),
    ],
)
def test_one_answer_that_contradicts_the_file_is_refused_and_no_word_repeated(
    desk: Desk, flags: tuple[str, ...], answers: str, said: str
) -> None:
    case = referred(desk)
    err = refused(desk, "decide", case, *flags, "--from", str(desk.file(f"{answers}\nthen: nothing-further\n"))).err
    assert said in err
    words = err.partition(":")[2].partition("this contradicts")[2]
    assert CANARY.casefold() not in words.casefold()


def test_every_contradiction_is_named_at_once(desk: Desk) -> None:
    case = referred(desk)
    file = str(desk.file("outcome: notify\ndecided_by: A role\nthen: nothing-further\n"))
    flags = ("--outcome", "do-not-notify", "--decided-by", "Another", "--then", "nothing-further")
    err = refused(desk, "decide", case, *flags, "--from", file).err
    assert err.startswith("2 problems:\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--position", "police=agrees", "--position", "police=disagrees"), "--position police=agrees contradicts"),
        (("--criterion", "abuse-or-neglect=met", "--criterion", "child-a:abuse-or-neglect=not-met"), "contradicts"),
        (("--outcome", "notify", "--outcome", "do-not-notify"), "--outcome is typed twice, with different words"),
        (("--on", "2026-03-03", "--on=2026-03-04"), "--on is typed twice, with different words"),
        (("--position", f"{CANARY}=agrees", "--position", f"{CANARY}=disagrees"), "--position is typed twice"),
    ],
)
def test_flags_that_contradict_each_other_are_refused(desk: Desk, words: tuple[str, ...], said: str) -> None:
    case = referred(desk)
    ran = refused(desk, "decide", case, *words)
    assert said in ran.err
    assert CANARY not in ran.said


def test_an_option_that_is_typed_twice_with_different_words_is_refused_everywhere(desk: Desk) -> None:
    case = referred(desk)
    for words in (
        ("show", case, "--as-of", "2026-03-02", "--as-of", "2026-03-03"),
        ("--cases", str(desk.folder), "--cases", str(desk.home), "list"),
        ("clarify", "ask", case, "--of", "gp", "--of", "police"),
        ("render", case, "decision-letter", "--to", "md", "--to", "html"),
    ):
        assert "typed twice" in refused(desk, *words).err
    desk.call("show", case, "--as-of", "2026-03-02", "--as-of", "2026-03-02", code=0)


def test_the_text_of_standard_input_is_kept_although_it_contradicts_a_flag(desk: Desk) -> None:
    case = referred(desk)
    content = "outcome: notify\nrationale: The harm and its cause are clear.\n"
    said = refused(desk, "decide", case, "--outcome", "do-not-notify", "--from", "-", stdin=content).err
    assert "standard input, line 1, outcome: this contradicts --outcome do-not-notify" in said
    (kept,) = desk.drafts()
    assert kept.read_text(encoding="utf-8") == content
    assert f"What you typed is kept at {kept}" in said


def test_an_argument_that_contradicts_the_file_is_refused(desk: Desk) -> None:
    case = notified(desk)
    file = str(desk.file("who: family\nhappened_on: 2026-03-20\n"))
    assert (
        "line 1, who: this contradicts WHO leadership"
        in refused(desk, "inform", case, "leadership", "--from", file).err
    )


def test_a_form_of_one_agency_is_no_answer_of_another(desk: Desk) -> None:
    case = notified(desk)
    desk.call("scope", case, "--agency", "police", "--agency", "gp", "--on", "2026-03-05", today="2026-03-05", code=0)
    form = desk.call("form", "agency-return", case, "--agency", "police", code=0).out
    head = "".join(line for line in form.splitlines(keepends=True) if case in line)
    given = "happened_on: 2026-03-12\nanswer: nil\n"
    said = refused(desk, "agency-return", case, "--from", str(desk.file(f"{head}agency: gp\n{given}"))).err
    assert "agency: this contradicts the line with our reference" in said
    desk.call("agency-return", case, "--from", desk.file(f"{head}{given}"), today="2026-03-20", code=0)
    assert newest(desk)["agency"] == "police"


# --- what follows from the command or the case never stands over what was said ----------------------------------


def test_the_day_of_a_withdrawal_is_the_one_that_the_file_says(desk: Desk) -> None:
    case = referred(desk)
    desk.record("note", case, happened_on="2026-03-02", text="Spoke with the school.")
    given = {"happened_on": "2026-03-05", "replaces": {"reason": "It belongs to another case."}}
    record = recorded(desk, "correct", case, desk.newest_id(), "--withdraw", answers=given)
    assert record["happened_on"] == "2026-03-05"


def test_the_day_of_a_chaser_to_all_is_the_one_that_the_file_says(desk: Desk) -> None:
    case = notified(desk)
    desk.call("scope", case, "--agency", "police", "--agency", "gp", "--on", "2026-03-05", today="2026-03-05", code=0)
    given = {"happened_on": "2026-03-12", "agencies": ["gp"]}
    record = recorded(desk, "chase", case, "--all-outstanding", answers=given)
    assert (record["happened_on"], sorted(record["agencies"])) == ("2026-03-12", ["gp", "police"])


def test_the_day_of_a_referral_from_a_nomination_is_the_one_that_the_file_says(desk: Desk) -> None:
    nominated = {
        "happened_on": "2026-03-02", "source": "nomination", "agency": "school", "proposer_role": "A role",
        "summary": "Child A came to harm.", "why_learning": "It was seen.", "criteria": [criteria(*GROUND_ONE)],
    }  # fmt: skip
    case = desk.record("nominate", answers=nominated).case
    words = ("new-referral", "--nomination", case, *FACTS)
    given = {"summary": "Child A came to harm.", "happened_on": "2026-03-04"}
    wrong = desk.file({**given, "from_nomination": "k9c3jw0e5v"}, "wrong.yaml")
    assert "this contradicts --nomination" in refused(desk, *words, "--from", str(wrong)).err
    assert recorded(desk, *words, answers=given)["happened_on"] == "2026-03-04"


def test_a_hold_that_the_file_lifts_is_not_placed(desk: Desk) -> None:
    case = referred(desk)
    given = desk.file({"happened_on": "2026-03-03", "hold": "lifted", "authority": "A role", "reason": "So."})
    said = refused(desk, "hold", case, "--from", str(given)).err
    assert "hold: this contradicts sptool hold without --lift" in said


def test_a_correction_of_another_record_than_the_file_says_is_refused(desk: Desk) -> None:
    case = referred(desk)
    first = desk.newest_id()
    desk.record("note", case, happened_on="2026-03-02", text="Spoke with the school.")
    note = desk.newest_id()
    why = {"reason": "It was misheard."}
    other = str(desk.file({"replaces": {**why, "record": first}, "text": "Spoke with nobody."}))
    said = refused(desk, "correct", case, note, "--from", other).err
    assert f"replaces.record: this contradicts sptool correct {case} {note}" in said
    typo = str(desk.file({"replaces": {**why, "askedby": "A role"}, "text": "Spoke with nobody."}))
    assert "there is no such field here" in refused(desk, "correct", case, note, "--from", typo).err
    record = recorded(desk, "correct", case, note, answers={"replaces": {**why, "record": note}, "text": "Nobody."})
    assert record["replaces"]["record"] == note


def test_a_correction_completes_what_has_fields_of_its_own(desk: Desk) -> None:
    case = referred(desk)
    area = {"area": "Elseshire", "told_on": "2026-03-03"}
    decided = {**NOTIFY, "outcome": "another-area-notifies", "another_area": area, "against_criteria": "It knows them."}
    desk.record("decide", case, answers=decided, today="2026-03-03")
    given = {"replaces": {"reason": "A slip."}, "another_area": {"area": "Elsewhere"}}
    record = recorded(desk, "correct", case, desk.newest_id(), answers=given)
    assert record["another_area"] == {**area, "area": "Elsewhere"}


# --- a draft is completed, never overruled ----------------------------------------------------------------------


def draft_of(desk: Desk, case: str) -> None:
    """Keeps a draft of a decision, whose rationale is still missing."""
    content = (
        "outcome: do-not-notify\npositions:\n- {partner: police, position: disagrees, note: Not enough is known.}\n"
    )
    refused(desk, "decide", case, "--from", "-", stdin=content)
    assert len(desk.drafts()) == 1


def test_flags_complete_a_draft(desk: Desk) -> None:
    case = referred(desk)
    draft_of(desk, case)
    rest = {name: NOT_NOTIFY[name] for name in ("criteria", "rationale", "decided_by", "then", "then_reason")}
    flags = ("--resume", "--position", "icb=agrees", "--position", "police=disagrees", "--on", "2026-03-03")
    assert recorded(desk, "decide", case, *flags, answers=rest)["positions"] == POSITIONS
    assert desk.drafts() == []


@pytest.mark.parametrize("given", [("--position", "police=agrees"), ("--outcome", "notify")])
def test_a_flag_that_contradicts_a_draft_is_refused(desk: Desk, given: tuple[str, str]) -> None:
    case = referred(desk)
    draft_of(desk, case)
    said = refused(desk, "decide", case, "--resume", *given).err
    assert f"this contradicts {' '.join(given)}" in said
    assert "the draft that was kept" in said
    assert "leave out --resume" in said
    assert len(desk.drafts()) == 1


def test_a_file_that_contradicts_a_draft_is_refused(desk: Desk) -> None:
    case = referred(desk)
    draft_of(desk, case)
    file = str(desk.file("rationale: So.\noutcome: notify\n"))
    said = refused(desk, "decide", case, "--resume", "--from", file).err
    assert "line 2, outcome: this contradicts the draft that was kept" in said


def test_what_could_not_be_recorded_of_a_draft_gives_way_to_a_flag(desk: Desk) -> None:
    case = referred(desk)
    for wrong in ("before 3 March 2026", "2026-12-01"):
        refused(desk, "note", case, "--from", "-", "--on", wrong, stdin="text: Spoke with the school.\n")
        desk.call("note", case, "--resume", "--on", "3 March 2026", today="2026-03-20", code=0)
        assert (newest(desk)["happened_on"], newest(desk)["text"]) == ("2026-03-03", "Spoke with the school.")
        assert desk.drafts() == []


def test_what_could_not_be_recorded_of_a_draft_gives_way_to_a_file(desk: Desk) -> None:
    case = referred(desk)
    refused(desk, "note", case, "--from", "-", stdin="text: Spoke with the school.\nhappened_on: 31/2/2026\n")
    desk.call("note", case, "--resume", "--from", desk.file("happened_on: 3/3/2026\n"), today="2026-03-20", code=0)
    assert (newest(desk)["happened_on"], newest(desk)["text"]) == ("2026-03-03", "Spoke with the school.")


def test_a_problem_of_a_flag_is_not_laid_at_the_files_door(desk: Desk) -> None:
    case = referred(desk)
    file = str(desk.file("text: Spoke with the school.\n"))
    said = refused(desk, "note", case, "--from", file, "--on", "31/6/2026").err
    assert said.startswith("happened_on: there is no such date")
