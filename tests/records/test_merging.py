"""Answers from several places as one: each adds to the others, and what differs is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from sptool.desk.wanted import typed_with
from sptool.publishing import inner_models
from sptool.records.header import Record
from sptool.records.kinds import CASE_KINDS, KINDS
from sptool.records.merging import completed, key_of, merged
from sptool.records.particulars import Person
from sptool.records.plain import branches
from sptool.records.walk import answer_types
from sptool.text.plain import Plain
from sptool.workflow.steps import COMMANDS, steps_of

REFERRAL, DECISION = KINDS["referral"], KINDS["notification-decision"]
LOCAL, SCOPE = KINDS["local-review-decision"], KINDS["information-request"]
CHILD: dict[str, Plain] = {"id": "child-a", "outcome": "died", "age": "9", "looked_after": "yes"}
POLICE: dict[str, Plain] = {"partner": "police", "position": "disagrees", "note": "Not enough is known."}
ICB: dict[str, Plain] = {"partner": "icb", "position": "agrees"}

TOGETHER: tuple[tuple[type[Record], dict[str, Plain], dict[str, Plain], dict[str, Plain]], ...] = (
    (REFERRAL, {"children": [CHILD]}, {"children": [{"id": "child-a"}]}, {"children": [CHILD]}),
    (REFERRAL, {"children": [{"id": "child-a"}]}, {"children": [CHILD]}, {"children": [CHILD]}),
    (REFERRAL, {"children": [CHILD]}, {"children": [{"id": "child-b"}]}, {"children": [CHILD, {"id": "child-b"}]}),
    (DECISION, {"positions": [POLICE]}, {"positions": [ICB]}, {"positions": [POLICE, ICB]}),
    (SCOPE, {"requests": [{"agency": "gp", "particular": "A"}]}, {"requests": [{"agency": "gp"}]},
     {"requests": [{"agency": "gp", "particular": "A"}]}),
    (DECISION, {"criteria": [{"child": "child-a", "answers": {"a": "met"}, "evidence": "E"}]},
     {"criteria": [{"child": "child-a", "answers": {"b": "met"}}]},
     {"criteria": [{"child": "child-a", "answers": {"a": "met", "b": "met"}, "evidence": "E"}]}),
    (LOCAL, {"criteria": {"a": "met"}}, {"criteria": {"b": "not-met"}}, {"criteria": {"a": "met", "b": "not-met"}}),
    (DECISION, {"participants": ["A role"]}, {"participants": ["A role ", "Another"]},
     {"participants": ["A role", "Another"]}),
    (DECISION, {"decided_by": "A role\n"}, {"decided_by": "A role"}, {"decided_by": "A role\n"}),
    (DECISION, {"another_area": {"area": "Elseshire"}}, {"another_area": {"told_on": "2026-03-02"}},
     {"another_area": {"area": "Elseshire", "told_on": "2026-03-02"}}),
    (REFERRAL, {"private": {"people": [{"id": "child-a", "name": "N"}]}}, {"private": {"people": [{"id": "child-a"}]}},
     {"private": {"people": [{"id": "child-a", "name": "N"}]}}),
    (REFERRAL, {"caller": ""}, {"caller": "police"}, {"caller": "police"}),
    (REFERRAL, {"children": "child-a"}, {"children": [CHILD]}, {"children": "child-a"}),  # to be refused as it stands
)  # fmt: skip
AGAINST: tuple[tuple[type[Record], dict[str, Plain], dict[str, Plain], tuple[str | int, ...]], ...] = (
    (DECISION, {"outcome": "notify"}, {"outcome": "do-not-notify"}, ("outcome",)),
    (DECISION, {"positions": [ICB, POLICE]}, {"positions": [{**POLICE, "position": "agrees"}]},
     ("positions", 1, "position")),
    (DECISION, {"criteria": [{"child": "child-b", "answers": {"a": "met"}}]},
     {"criteria": [{"child": "child-b", "answers": {"a": "not-met"}}]}, ("criteria", 0, "answers", "a")),
    (LOCAL, {"criteria": {"a": "met"}}, {"criteria": {"a": "not-met"}}, ("criteria", "a")),
    (REFERRAL, {"children": [CHILD]}, {"children": [{"id": "child-a", "age": "8"}]}, ("children", 0, "age")),
    (REFERRAL, {"local": {"q": "yes"}}, {"local": {"q": "no"}}, ("local", "q")),
)  # fmt: skip


@pytest.mark.parametrize(("model", "first", "second", "both"), TOGETHER, ids=range(len(TOGETHER)))
def test_each_place_adds_to_the_other(
    model: type[Record], first: dict[str, Plain], second: dict[str, Plain], both: dict[str, Plain]
) -> None:
    found = merged(model, first, second)
    assert (found.data, found.against) == (both, ())


@pytest.mark.parametrize(("model", "first", "second", "path"), AGAINST, ids=range(len(AGAINST)))
def test_two_answers_to_one_question_stand_against_each_other(
    model: type[Record], first: dict[str, Plain], second: dict[str, Plain], path: tuple[str | int, ...]
) -> None:
    found = merged(model, first, second)
    assert (found.data, found.against) == (first, (path,))


def test_what_is_not_said_is_taken_from_elsewhere_and_never_the_other_way() -> None:
    said: dict[str, Plain] = {"outcome": "notify", "positions": [ICB], "another_area": {"area": "E"}}
    otherwise: dict[str, Plain] = {"positions": [POLICE], "another_area": {"area": "F", "told_on": "D"}, "then": "x"}
    assert completed(said, otherwise) == {
        **said,
        "another_area": {"area": "E", "told_on": "D"},
        "then": "x",
    }


POSITIONS = st.lists(
    st.fixed_dictionaries(
        {"partner": st.sampled_from(["a", "b", "c"]), "position": st.sampled_from(["agrees", "disagrees"])},
        optional={"note": st.sampled_from(["N", "M"])},
    ),
    unique_by=lambda entry: entry["partner"],
)


def _facts(positions: Plain) -> set[tuple[str, str, str]]:
    entries = positions if isinstance(positions, list) else []
    return {
        (str(entry["partner"]), name, str(value))
        for entry in entries
        if isinstance(entry, dict)
        for name, value in entry.items()
    }


@given(POSITIONS, POSITIONS)
def test_no_fact_is_lost_unless_it_is_said_to_stand_against_another(
    first: list[dict[str, str]], second: list[dict[str, str]]
) -> None:
    one: dict[str, Plain] = {"positions": [dict(entry) for entry in first]}
    other: dict[str, Plain] = {"positions": [dict(entry) for entry in second]}
    found = merged(DECISION, one, other)
    lost = (_facts(one["positions"]) | _facts(other["positions"])) - _facts(found.data.get("positions"))
    assert bool(lost) == bool(found.against)
    assert _facts(one["positions"]) <= _facts(found.data.get("positions"))


def _keyed() -> Iterator[tuple[type[BaseModel], str]]:
    for model in CASE_KINDS.values():
        for inner in inner_models(model):
            yield inner, key_of(inner)
    yield Person, key_of(Person)


def test_every_list_of_entries_says_what_an_entry_is_known_by() -> None:
    keys = {model.__name__: key for model, key in _keyed()}
    assert {name: key for name, key in keys.items() if key} == {
        "Child": "id",
        "LinkedCase": "case",
        "CriteriaAnswers": "child",
        "Position": "partner",
        "RequestTo": "agency",
        "Person": "id",
    }
    known_by_nothing = {"EditionUsed", "Replaces", "PrivatePart", "AnotherArea", "DutyNotFollowed", "PracticeEpisode"}
    assert {name for name, key in keys.items() if not key} == known_by_nothing


def test_a_flag_for_entries_answers_what_they_are_known_by() -> None:
    flags = [
        (steps_of(row)[0], flag) for row in COMMANDS.values() for flag in row.flags if flag.shape not in ("one", "many")
    ]
    assert {flag.name for _, flag in flags} == {"--child", "--agency", "--position", "--criterion"}
    for row, flag in flags:
        entry = get_args(branches(answer_types(KINDS[row.kind])[flag.field])[0])[0]
        (typed,) = typed_with(flag, "police=agrees")
        match typed.data[flag.field]:
            case [{**said}]:
                assert key_of(entry) in said
            case _:
                pytest.fail(f"{flag.name} answers no entry")
