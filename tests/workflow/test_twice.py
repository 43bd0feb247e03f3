"""An entry of a list that may be there once, and one that may be there in two senses."""

from __future__ import annotations

import pytest

from sptool.records.header import Record
from sptool.records.review import InformationRequest
from sptool.workflow.facts import twice
from tests.making import make, new_referral

CHILD = {"id": "child-a"}
POLICE = {"agency": "police"}
LINKED = tuple({"case": "HSP-2026-M4XRD", "relation": relation} for relation in ("sibling", "same-incident"))


@pytest.mark.parametrize(
    ("record", "where"),
    [
        (new_referral(children=(CHILD, CHILD)), ("children", 1)),
        (make(InformationRequest, "2026-03-02", requests=(POLICE, POLICE)), ("requests", 1)),
    ],
)
def test_a_child_or_an_agency_is_there_once(record: Record, where: object) -> None:
    assert [path for path, _ in twice(record)] == [where]


def test_a_case_may_be_linked_in_two_ways() -> None:
    assert list(twice(new_referral(linked_cases=LINKED))) == []
