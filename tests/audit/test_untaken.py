"""What stands among the records and has no place there is found, and does no harm to what is recorded after it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.audit.tampering import Place
from tests.making import note
from tests.planted import BESIDE, STRANGE, Plant


@pytest.fixture
def place(demo_folder: Path, tmp_path: Path) -> Place:
    """A copy of the demonstration of the test's own."""
    shutil.copytree(demo_folder, tmp_path / "cases")
    return Place(tmp_path / "cases")


@pytest.mark.parametrize("plant", [*STRANGE, *BESIDE])
def test_whatever_has_no_place_is_found_and_the_next_step_is_as_good_as_any(plant: Plant, place: Place) -> None:
    case = place.case_with("notification-decision")
    place.hand_in({**plant(case, case.ref)})
    planted = place.git("rev-parse", "main")
    assert not place.verified().holds
    for text in ("The first.", "The second."):
        place.add(place.book.case(case.ref), note(case.records[-1].happened_on.isoformat(), text=text))
    report = place.verified()
    assert {one.commit for one in report.failures} == {planted}


def test_a_record_that_comes_after_itself_is_told_to_have_no_place(place: Place) -> None:
    case = place.case_with("notification-decision")
    own = "zz9zz9zz9z"
    place.add(case, note(case.records[-1].happened_on.isoformat()), id=own, after=[own])
    (found,) = place.verified().failures
    assert (found.check, found.fields) == ("after", ("after",))
    assert found.what == "This record has no place in its case: by its own word it comes after itself."
