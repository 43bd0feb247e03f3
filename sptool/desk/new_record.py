"""From answers to a record ready to be committed, or every problem at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from sptool import __version__
from sptool.desk.answers import Answers
from sptool.desk.chance import Chance
from sptool.desk.private_files import FileToKeep, PrivateFile, private_files
from sptool.errors import InvalidAnswers, Problem, UnfitFile
from sptool.framework.models import Framework
from sptool.records.anytime import DocumentSent
from sptool.records.case import Case
from sptool.records.header import HEADER, Record
from sptool.records.kinds import KINDS
from sptool.records.particulars import Particulars
from sptool.records.plain import problems_of, shown_path, to_plain
from sptool.records.references import is_record_id, new_record_id
from sptool.records.walk import partly
from sptool.text.plain import Path as FieldPath
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain, write_yaml
from sptool.workflow.checking import Found, Surroundings, as_problems, misfits
from sptool.workflow.judging import wrong_with

if TYPE_CHECKING:
    from sptool.desk.session import Session

PRIVATE = "private"
_SURELY_READ = 16 * 1024  # characters
_TAKEN = {
    "replaces": "only a correction (sptool correct) or a decision taken afresh (sptool decide --reconsider) has this"
}


@dataclass(frozen=True)
class Writer:
    """Who writes a record, when, and under which rules."""

    officer: str
    at: datetime
    chance: Chance


@dataclass(frozen=True)
class Prepared:
    """A record that can be committed.

    Args:
        private: what goes onto the particulars ref with it.
        particulars: the identifying part, for the check of names.
    """

    record: Record
    private: tuple[PrivateFile, ...]
    particulars: Particulars


def prepare(
    session: Session,
    case: Case,
    kind: str,
    answers: Answers,
    writer: Writer,
    replaces: dict[str, Plain] | None = None,
    files: Sequence[FileToKeep] = (),
) -> Prepared:
    """Checks every answer and makes the record.

    Raises:
        InvalidAnswers: with every problem, each with its field and, from a file, its line.
    """
    edition = session.edition(case)
    data = dict(answers.data)
    found: list[tuple[FieldPath, Problem]] = _written_by_hand(data)
    particulars = _particulars(data.pop(PRIVATE, None), found)
    private = private_files(particulars, files, writer.chance)
    header = _header(case, kind, edition, writer, private, replaces)
    record = _validated(KINDS[kind], {**data, **header}, found)
    if record is None:
        found += _further(session, case, edition, partly(KINDS[kind], {**data, **header}, session.clock.today), found)
    elif not found:
        found += _misfits(session, case, edition, record) + _too_much(record, particulars)
    if found or record is None:
        raise invalid(answers, found, f"To see every question: sptool form {kind} {case.ref if case.records else ''}")
    return Prepared(record, tuple(private), particulars)


def invalid(answers: Answers, found: Sequence[tuple[FieldPath, Problem]], fix: str = "") -> InvalidAnswers:
    """The error that lists these problems, each with the file and line that it came from."""
    placed = []
    for path, problem in found:
        file, line = answers.where(path)
        placed.append(Problem(problem.what, problem.field, file, line))
    placed.sort(key=lambda problem: problem.line or 0)
    return InvalidAnswers(placed, f"Nothing was recorded. {fix}".strip())


def _written_by_hand(data: dict[str, Plain]) -> list[tuple[FieldPath, Problem]]:
    """Fields of a form that the program writes itself."""
    taken = [name for name in data if name in HEADER - {PRIVATE}]
    return [((name,), Problem(_TAKEN.get(name, "leave this out: sptool writes it itself"), name)) for name in taken]


def _particulars(given: Plain, found: list[tuple[FieldPath, Problem]]) -> Particulars:
    try:
        return Particulars.model_validate(given or {})
    except ValidationError as error:
        for path, problem in problems_of(error, Particulars):
            whole = (PRIVATE, *path)
            found.append((whole, Problem(problem.what, shown_path(whole))))
        return Particulars()


def _header(
    case: Case,
    kind: str,
    edition: Framework,
    writer: Writer,
    private: Sequence[PrivateFile],
    replaces: dict[str, Plain] | None,
) -> dict[str, Plain]:
    header: dict[str, Plain] = {
        "record": f"{kind}/{KINDS[kind].version}",
        "id": new_record_id(writer.chance.choose),
        "case": case.ref,
        "after": [head for head in case.heads if is_record_id(head)],
        "recorded_at": f"{writer.at:%Y-%m-%dT%H:%M:%SZ}",
        "recorded_by": writer.officer,
        "written_by": f"sptool {__version__}",
        "framework": {"edition": edition.edition, "sha256": edition.sha256},
        "private": [file.as_part() for file in private],
    }
    return header | ({"replaces": dict(replaces)} if replaces else {})


def _validated(model: type[Record], data: dict[str, Plain], found: list[tuple[FieldPath, Problem]]) -> Record | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found += problems_of(error, model)
        return None


def _misfits(session: Session, case: Case, edition: Framework, record: Record) -> list[tuple[FieldPath, Problem]]:
    around = around_of(session, case, edition)
    return as_problems(wrong_with(record, around, session.calendar_for(edition), _unknown_document(record)))


def _further(
    session: Session, case: Case, edition: Framework, part: Record, found: Sequence[tuple[FieldPath, Problem]]
) -> list[tuple[FieldPath, Problem]]:
    """What is wrong besides with what could be read, so that everything is put right in one go."""
    named = {path[:1] for path, _ in found}
    more = as_problems(misfits(part, around_of(session, case, edition)) + _unknown_document(part))
    return [(path, problem) for path, problem in more if path[:1] not in named]


def _unknown_document(record: Record) -> list[Found]:
    """The name of a document stands in the commit's subject, so it must be one that sptool prepares."""
    if not isinstance(record, DocumentSent):
        return []
    from sptool.documents.documents import DOCUMENTS, FOLDER_DOCUMENTS

    known = sorted({*DOCUMENTS, *FOLDER_DOCUMENTS})
    return [] if record.document in known else [(("document",), f"choose one of: {', '.join(known)}")]


def _too_much(*models: BaseModel) -> list[tuple[FieldPath, Problem]]:
    """Whether what is kept would be more than sptool reads again: it is written wider than it was given."""
    for model in models:
        if len(model.model_dump_json()) > _SURELY_READ:
            try:
                read_plain(as_bytes(model), "")
            except UnfitFile:
                return [((), Problem("this is more than one record can hold; record it in parts"))]
    return []


def around_of(session: Session, case: Case, edition: Framework) -> Surroundings:
    """What a step of a case is checked against."""
    return Surroundings(case, edition, session.clock.today, tuple(session.book.officers), session.book.references)


def as_bytes(model: BaseModel) -> bytes:
    """A record as its file has it."""
    return write_yaml(to_plain(model))
