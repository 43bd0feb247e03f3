"""Tampers with the register of a demonstration: entries that sptool would not make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sptool.records.header import REGISTER
from sptool.records.kinds import KINDS
from sptool.records.plain import to_plain
from sptool.records.references import file_name
from sptool.store.identity import Identity
from sptool.store.recording import Entry, Step, record_step
from sptool.text.plain import Plain
from sptool.text.yaml import write_yaml
from sptool.workflow.subjects import commit_message
from tests.audit.tampering import Place
from tests.making import id_of

STRANGE = "stranger@example.invalid"


def enter(
    place: Place,
    kind: str,
    body: Mapping[str, object],
    email: str = "",
    files: Mapping[str, bytes] | None = None,
) -> None:
    """Puts a record into the register, in the first officer's name.

    Args:
        place: where.
        kind: its kind.
        body: its answers.
        email: the author's address; left out for the officer's own.
        files: what else the commit brings.
    """
    register = place.book.register
    at = datetime.fromtimestamp(int(place.git("log", "-1", "--format=%ct", "main")), UTC) + timedelta(minutes=1)
    like = to_plain(register.records[0])
    header = {name: like[name] for name in ("recorded_by", "written_by", "framework")}
    own = {
        "record": f"{kind}/1",
        "id": id_of(f"{kind} {sorted(body)}"),
        "case": REGISTER,
        "after": list(register.heads),
        "recorded_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "happened_on": at.date().isoformat(),
    }
    record = KINDS[kind].model_validate({**header, **own, **body})
    officer = place.book.officers[record.recorded_by]
    path = f"{REGISTER}/{file_name(at, kind, record.id)}"
    entries = [Entry(path, write_yaml(to_plain(record))), *(Entry(*file) for file in (files or {}).items())]
    author = Identity(officer.name, email or officer.email)
    record_step(place.folder, Step(entries, commit_message(record), author, at), lambda _: None)


def _first(place: Place) -> dict[str, Plain]:
    """The first officer's entry: id, name and address."""
    entry = next(one for one in place.book.register.records if one.kind == "officer-added")
    return {name: to_plain(entry)[name] for name in ("officer", "name", "email")}


def take_an_officers_place(place: Place) -> None:
    """A stranger gives an officer's id the stranger's own address, and from then on records as that officer."""
    enter(place, "officer-added", {**_first(place), "email": STRANGE}, email=STRANGE)


def take_an_officers_address(place: Place) -> None:
    enter(place, "officer-added", {**_first(place), "officer": "stranger"})


def change_an_address(place: Place) -> None:
    enter(place, "officer-added", {**_first(place), "email": "another@example.invalid"})


def correct_the_register(place: Place) -> None:
    entry = next(one for one in place.book.register.records if one.kind == "officer-added")
    replaces = {"record": entry.id, "as": "correction", "reason": "Again."}
    enter(place, "officer-added", {**_first(place), "replaces": replaces})


def put_a_case_step_into_the_register(place: Place) -> None:
    enter(place, "note", {"text": "Of no case."})


def put_an_officer_into_a_case(place: Place) -> None:
    case = place.case_with("referral")
    entry = next(one for one in place.book.register.records if one.kind == "officer-added")
    place.add(case, entry, officer="stranger", email=STRANGE)


def _later_edition(place: Place) -> bytes:
    return place.content("framework/2022-01.yaml").replace(b"2022-01", b"2027-01", 1)


def adopt_another_file_than_named(place: Place) -> None:
    named = {"edition": "2027-01", "sha256": sha256(b"another file").hexdigest()}
    enter(place, "edition-adopted", named, files={"framework/2027-01.yaml": _later_edition(place)})


def adopt_what_is_not_there(place: Place) -> None:
    enter(place, "edition-adopted", {"edition": "2027-01", "sha256": "1" * 64})


def adopt_honestly(place: Place) -> None:
    content = _later_edition(place)
    named = {"edition": "2027-01", "sha256": sha256(content).hexdigest()}
    enter(place, "edition-adopted", named, files={"framework/2027-01.yaml": content})


def adopt_with_a_file_too_many(place: Place) -> None:
    content = _later_edition(place)
    named = {"edition": "2027-01", "sha256": sha256(content).hexdigest()}
    files = {"framework/2027-01.yaml": content, "framework/2028-01.yaml": content.replace(b"2027-01", b"2028-01", 1)}
    enter(place, "edition-adopted", named, files=files)
