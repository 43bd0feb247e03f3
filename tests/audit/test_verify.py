"""`sptool verify` against a demonstration that nobody touched, and against every tampering that a check is for."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from sptool.audit.claims import CHECKS, STATEMENTS
from sptool.desk.proof.verification import told
from sptool.workflow.state import is_closed
from tests.audit.registers import adopt_honestly, adopt_with_a_file_too_many
from tests.audit.tampering import Place
from tests.audit.tampers import CAUGHT, NOTED, Tamper, cut_off, edit_a_record, forked
from tests.making import closed

SECRETS = ("Somebody", "perhaps", "Nobody Known", "Another Name", "Demo Officer", ".invalid", "A slip")


@pytest.fixture
def place(demo_folder: Path, tmp_path: Path) -> Place:
    """A copy of the demonstration of the test's own."""
    shutil.copytree(demo_folder, tmp_path / "cases")
    return Place(tmp_path / "cases")


@pytest.fixture(scope="session")
def untouched(demo_folder: Path) -> dict[str, int]:
    """The checks that find something in the demonstration as it was made."""
    report = Place(demo_folder).verified()
    assert report.failures == ()
    assert report.holds
    return Counter(one.check for one in report.findings)


def test_the_demonstration_verifies_from_its_objects_alone(demo_folder: Path, untouched: dict[str, int]) -> None:
    report = Place(demo_folder).verified()
    assert set(untouched) <= {"out-of-order", "late-entry", "after-the-day", "conflict"}
    assert report.records == report.commits + 1 > 20
    verdicts = {claim.id: claim.verdict for claim in report.claims}
    assert verdicts["rewriting"] == "not provable"
    assert verdicts["happened"] == "claimed"
    assert {verdicts[name] for name in ("store", "reading", "steps", "times", "records", "rules")} == {"proved"}


@pytest.mark.parametrize("tamper", CAUGHT, ids=lambda tamper: tamper.__name__)
def test_tampering_is_caught(place: Place, tamper: Tamper, untouched: dict[str, int]) -> None:
    check = CAUGHT[tamper]
    assert check not in untouched, "the check is quiet where nobody tampered"
    tamper(place)
    report = place.verified()
    assert check in {one.check for one in report.findings}
    assert report.holds == (check == "author-name")
    said = " ".join(f"{told(one)} {one.fields}" for one in report.findings)
    assert not [secret for secret in SECRETS if secret in said], "no value of a record, and nobody's name"
    assert check not in {one.check for one in place.verified(check).findings}, "with the check taken out"


@pytest.mark.parametrize("tamper", NOTED, ids=lambda tamper: tamper.__name__)
def test_what_is_worth_a_look_is_noted_and_stands_against_nothing(
    place: Place, tamper: Tamper, untouched: dict[str, int]
) -> None:
    check = NOTED[tamper]
    tamper(place)
    report = place.verified()
    assert sum(one.check == check for one in report.notes) > untouched.get(check, 0)
    assert report.failures == ()
    assert check not in {one.check for one in place.verified(check).findings}, "with the check taken out"


def test_histories_that_were_joined_honestly_verify(place: Place) -> None:
    history, joining = forked(place)
    place.rewrite([*history, joining])
    assert place.verified().failures == ()


def test_two_records_in_conflict_are_noted(place: Place) -> None:
    """Two officers close the same case without knowing of each other's step; their histories are joined honestly."""
    case = next(one for one in place.book.cases() if not is_closed(one))
    before, on = place.git("rev-parse", "main"), case.records[-1].happened_on.isoformat()
    sides = []
    for minutes in (1, 2):
        place.git("update-ref", "refs/heads/main", before)
        place.add(case, closed(on=on, reason="nothing-further", note=f"Copy {minutes}."), minutes)
        sides.append(place.git("rev-parse", "main"))
    tree = place.git("merge-tree", "--write-tree", *sides)
    joined = place.git("commit-tree", tree, "-p", sides[0], "-p", sides[1], "-m", "Joined")
    place.git("update-ref", "refs/heads/main", joined)
    report = place.verified()
    assert [one.check for one in report.notes if one.check == "conflict"] == ["conflict"]
    assert not {"after", "merge", "rules"} & {one.check for one in report.failures}
    assert "conflict" not in {one.check for one in place.verified("conflict").findings}


def test_what_differs_is_shown_by_field(place: Place) -> None:
    edit_a_record(place)
    found = [one for one in place.verified().failures if one.check == "unchanged" and one.fields]
    assert [one.fields for one in found] == [("decided_by",)]
    assert [one.found for one in found[0].differences] == ["Somebody else"]


def test_a_history_that_is_cut_off_is_not_judged(place: Place) -> None:
    cut_off(place)
    report = place.verified()
    assert {one.check for one in report.failures} == {"shallow"}
    assert {claim.verdict for claim in report.claims if claim.id in ("steps", "rules", "dates")} == {"not provable"}
    assert not report.holds


def test_a_history_with_a_damaged_commit_says_what_could_not_be_read(place: Place) -> None:
    commit = place.git("rev-parse", "main~3")
    (place.root / ".git" / "objects" / commit[:2] / commit[2:]).unlink()
    report = place.verified()
    verdicts = {claim.id: claim.verdict for claim in report.claims}
    assert verdicts["store"] == "failed"
    assert verdicts["rules"] == "not provable"
    assert not report.holds


def test_a_clone_without_what_is_kept_apart_says_so(place: Place, tmp_path: Path) -> None:
    place.git("clone", "--quiet", "--no-local", ".", str(tmp_path / "clone"))
    report = Place(tmp_path / "clone").verified()
    assert report.failures == ()
    assert set(report.kept_apart) - {"erased"} == {"not fetched here"}
    assert {claim.id: claim.verdict for claim in report.claims}["particulars"] == "not provable"


def test_every_check_that_can_fail_has_its_tampering() -> None:
    noted = {*NOTED.values(), "conflict"}
    own = {check.id for check in CHECKS.values() if check.claim in {*STATEMENTS, "particulars"}}
    assert own - noted == set(CAUGHT.values())


def test_an_edition_that_was_adopted_honestly_verifies(place: Place) -> None:
    adopt_honestly(place)
    assert place.verified().failures == ()


def test_an_adoption_brings_one_edition(place: Place) -> None:
    adopt_with_a_file_too_many(place)
    assert {one.check for one in place.verified().failures} == {"one-record"}


def test_templates_changed_on_two_lines_may_be_joined(place: Place) -> None:
    before = place.git("rev-parse", "main")
    sides = []
    for name in ("decision-letter", "agenda"):
        place.git("update-ref", "refs/heads/main", before)
        place.hand_in({f"framework/templates/{name}.md.j2": b"Dear colleague\n"})
        sides.append(place.git("rev-parse", "main"))
    tree = place.git("merge-tree", "--write-tree", *sides)
    joined = place.git("commit-tree", tree, "-p", sides[0], "-p", sides[1], "-m", "Joined")
    place.git("update-ref", "refs/heads/main", joined)
    assert place.verified().failures == ()


def test_what_stands_in_the_place_of_a_fields_name_is_not_shown(place: Place) -> None:
    path = next(one.path for one in place.history() if "-notification-decision-" in one.changes[0])
    place.hand_in({path: place.content(path) + b"Somebody Pretend: yes\n"})
    report = place.verified()
    assert not [one for one in report.findings if "Pretend" in f"{one.fields} {one.differences}"]
    assert ("no field's name",) in {one.fields for one in report.failures}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX's")
def test_a_pipe_in_the_place_of_attributes_keeps_nobody_waiting(place: Place) -> None:
    (place.root / ".git" / "info").mkdir(exist_ok=True)
    os.mkfifo(place.root / ".git" / "info" / "attributes")
    assert place.verified().failures == ()


@pytest.mark.parametrize("size", [0, 3 * 1024 * 1024])
@pytest.mark.parametrize("piece", [b"[", b"\x00\xff\xfe", b"a: &a [*a]\n", b"record: [a]\nafter: 5\n"])
def test_whatever_stands_in_a_record_is_reported(place: Place, piece: bytes, size: int) -> None:
    folder = place.history()[-1].path.rpartition("/")[0]
    place.hand_in({f"{folder}/odd-aaaaaaaaaa.yaml": piece * (1 + size // len(piece))})
    assert "valid" in {one.check for one in place.verified().failures}
