"""What somebody with an editor and git may put among the records of a case, past sptool."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sptool.records.case import Case
from sptool.records.header import REGISTER, Record
from sptool.records.references import case_folder
from tests.cli.folders import REFS, bytes_of, path_of
from tests.making import correction, decision, id_of, note, withdrawal

CANARY = "Quibblecanary"
Files = Mapping[str, bytes]
Plant = Callable[[Case, str], Files]
NOT = decision("2026-03-09", outcome="do-not-notify", name="a stranger's")
OTHER = note("2026-03-09", name="a stranger's")
UNREAD = id_of("unread")


def _file(ref: str, record: Record, *after: str) -> Files:
    placed = record.model_copy(update={"after": after})
    return {path_of(placed, ref): bytes_of(placed, ref)}


def _unknown(ref: str, record_id: str, *after: str) -> Files:
    """A record of a version that is not known yet."""
    lines = "".join(f"- {earlier}\n" for earlier in after)
    name = f"{case_folder(ref)}/2026-03-09-090000Z-note-{record_id}.yaml"
    return {name: f"record: note/99\nafter:\n{lines}".encode()}


def names_itself(case: Case, ref: str) -> Files:
    return _file(ref, NOT, *case.heads, NOT.id)


def in_a_circle(case: Case, ref: str) -> Files:
    return {**_file(ref, NOT, OTHER.id), **_file(ref, OTHER, NOT.id, *case.heads)}


def in_a_circle_with_what_cant_be_read(case: Case, ref: str) -> Files:
    return {**_file(ref, NOT, UNREAD, *case.heads), **_unknown(ref, UNREAD, NOT.id)}


def corrects_itself(case: Case, ref: str) -> Files:
    wrong = correction(OTHER)
    replaces = wrong.replaces.model_copy(update={"record": wrong.id}) if wrong.replaces else None
    return _file(ref, wrong.model_copy(update={"replaces": replaces}), *case.heads)


def correct_each_other(case: Case, ref: str) -> Files:
    one, other = correction(OTHER, name="one"), correction(OTHER, name="other")
    pairs = ((one, other), (other, one))
    found: dict[str, bytes] = {}
    for record, replaced in pairs:
        assert record.replaces
        replaces = record.replaces.model_copy(update={"record": replaced.id})
        found |= _file(ref, record.model_copy(update={"replaces": replaces}), *case.heads)
    return found


def corrects_what_is_not_there(case: Case, ref: str) -> Files:
    return _file(ref, correction(OTHER), *case.heads)


def withdraws_what_is_not_there(case: Case, ref: str) -> Files:
    return _file(ref, withdrawal(OTHER), *case.heads)


def the_id_of_another(case: Case, ref: str) -> Files:
    return _file(ref, OTHER.model_copy(update={"id": case.records[0].id}), *case.heads)


def unreadable_with_the_id_of_another(case: Case, ref: str) -> Files:
    return _unknown(ref, case.records[0].id, *case.heads)


def of_another_case(case: Case, ref: str) -> Files:
    return {path_of(OTHER, ref): bytes_of(OTHER.model_copy(update={"after": case.heads}), REFS[1])}


def with_no_list_of_what_was_there(case: Case, ref: str) -> Files:
    return {path_of(OTHER, ref): bytes_of(OTHER, ref) + f"after: {case.heads[0]}\n".encode()}


def with_another_ending(case: Case, ref: str) -> Files:
    del case
    return {path_of(OTHER, ref).replace(".yaml", ".YAML"): bytes_of(OTHER, ref)}


def in_a_folder_of_its_own(case: Case, ref: str) -> Files:
    del case
    return {path_of(OTHER, ref).replace(f"{ref}/", f"{ref}/more/"): bytes_of(OTHER, ref)}


def under_another_year(case: Case, ref: str) -> Files:
    del case
    return {f"1999/{path_of(OTHER, ref).partition('/')[2]}": bytes_of(OTHER, ref)}


def under_any_name(case: Case, ref: str) -> Files:
    del case
    return {f'{case_folder(ref)}/{CANARY}"; $(touch ran).yaml': b"after: [a]\nrecord: note/1\n"}


STRANGE: Mapping[Plant, str] = MappingProxyType(
    {
        names_itself: "placed",
        in_a_circle: "placed",
        in_a_circle_with_what_cant_be_read: "placed",
        corrects_itself: "placed",
        correct_each_other: "placed",
        corrects_what_is_not_there: "placed",
        withdraws_what_is_not_there: "placed",
        the_id_of_another: "placed",
        unreadable_with_the_id_of_another: "read",
        of_another_case: "placed",
        with_no_list_of_what_was_there: "read",
        with_another_ending: "filed",
        in_a_folder_of_its_own: "filed",
        under_another_year: "filed",
        under_any_name: "filed",
    }
)
"""Each thing, with what can't be done with it."""


def an_entry_of_the_register(case: Case, ref: str) -> Files:
    del case
    return {f"{REGISTER}/2026-03-09-090000Z-officer-added-{id_of('entry')}.yaml": b"record: officer-added/99\n"}


def a_file_in_the_register(case: Case, ref: str) -> Files:
    del case
    return {f"{REGISTER}/list.txt": b"Somebody's list\n"}


def a_folder_that_is_no_case_s(case: Case, ref: str) -> Files:
    del case
    return {path_of(OTHER, ref).replace(ref, f"{ref[:-1]}-"): bytes_of(OTHER, ref)}


BESIDE = (an_entry_of_the_register, a_file_in_the_register, a_folder_that_is_no_case_s)
"""What is no case's, and must be said all the same."""
