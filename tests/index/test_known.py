"""What is taken without checking it again is what the check made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sptool.index.known import as_checked, fold_known
from sptool.records.header import Record
from sptool.records.plain import model_of, to_plain
from sptool.store.casebook import fold
from sptool.text.yaml import read_plain, write_yaml
from tests.cli.folders import REF, bytes_of, path_of
from tests.making import (
    action,
    asked_agencies,
    case_of,
    constraint,
    correction,
    decision,
    met,
    new_referral,
    nomination,
    note,
    notified,
    outcome,
    published,
    question,
    returned,
    review_decision,
    withdrawal,
)

WRONG = note()
RECORDS = (
    new_referral(la_aware_on="unknown", children=[{"id": "child-a", "outcome": "died", "died_on": "2026-03-01"}]),
    new_referral(linked_cases=[{"case": "HSP-2026-M4XR9", "relation": "sibling"}], local={"heard-from": "by e-mail"}),
    question(reply_by="2026-03-05"),
    decision(duty_not_followed=None, out_of_order="It was written down late."),
    notified(partners_told_on="2026-03-05"),
    asked_agencies("2026-03-06", "police", "school"),
    returned(),
    met(themes=["neglect"]),
    review_decision(),
    published(),
    nomination(),
    outcome(themes=["neglect"]),
    action(),
    constraint(),
    correction(WRONG),
    withdrawal(WRONG),
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.kind)
def test_a_record_comes_back_as_it_was_checked(record: Record) -> None:
    data = read_plain(write_yaml(to_plain(record)), "a record")
    assert isinstance(data, dict)
    model = model_of(data)
    assert not isinstance(model, str)
    assert as_checked(model, data) == model.model_validate(data)
    assert as_checked(model, data).model_dump() == model.model_validate(data).model_dump()


def test_every_record_of_the_demo_comes_back_as_it_was_checked(demo_folder: Path) -> None:
    files = {path.as_posix(): path.read_bytes() for path in demo_folder.glob("2*/*/*.yaml")}
    assert len(files) > 50
    assert fold_known(REF, files, files.keys()) == fold(REF, files)


def test_text_that_somebody_wrote_untidily_by_hand_is_tidied_all_the_same() -> None:
    untidy = note(text="Tidy.").model_copy(update={"text": "Seen\u200b by  whom? \n\nUnknown.\u00a0 "})
    files = {path_of(untidy, REF): bytes_of(untidy, REF)}
    case = fold_known(REF, files, files.keys())
    assert case == fold(REF, files)
    assert case.records[0].model_dump()["text"] != untidy.text


def test_what_is_new_is_checked() -> None:
    case = case_of(new_referral(), note())
    files = {path_of(record, REF): bytes_of(record, REF) for record in case.records}
    first, second = files
    files[second] = files[second].replace(b"happened_on: 2026", b"happened_on: 20x6")
    found = fold_known(REF, files, {first})
    assert found == fold(REF, files)
    assert [item.path for item in found.unread] == [second]
