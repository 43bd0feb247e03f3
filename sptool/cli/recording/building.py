"""From answers to a record ready to be committed, or every problem at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from sptool import __version__
from sptool.cli.dates import british
from sptool.cli.recording.answers import Answers
from sptool.cli.recording.chance import Chance
from sptool.errors import InvalidAnswers, Problem, UsageError
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.header import HEADER, Record
from sptool.records.kinds import KINDS
from sptool.records.particulars import Particulars
from sptool.records.plain import problems_of, shown_path, to_plain
from sptool.records.references import new_record_id
from sptool.text.plain import Path as FieldPath
from sptool.text.plain import Plain
from sptool.text.yaml import write_yaml
from sptool.workflow.checking import Surroundings, as_problems, misfits
from sptool.workflow.consistency import contradictions

if TYPE_CHECKING:
    from sptool.cli.session import Session

PRIVATE = "private"
LARGEST_FILE = 50 * 1024 * 1024


@dataclass(frozen=True)
class PrivateFile:
    """What goes onto the particulars ref.

    Args:
        name: the file's name there.
        content: the salt on a line of its own, then the bytes.
    """

    name: str
    content: bytes

    def as_part(self) -> dict[str, Plain]:
        """How the record names it."""
        return {"file": self.name, "sha256": sha256(self.content).hexdigest()}


@dataclass(frozen=True)
class Writer:
    """Who writes a record, when, and under which rules.

    Args:
        officer: the officer's id.
        at: the moment, UTC.
        chance: where ids and salts come from.
    """

    officer: str
    at: datetime
    chance: Chance


@dataclass(frozen=True)
class Prepared:
    """A record that can be committed.

    Args:
        record: the record.
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
    files: Sequence[Path] = (),
) -> Prepared:
    """Checks every answer and makes the record.

    Raises:
        InvalidAnswers: with every problem, each with its field and, from a file, its line.
    """
    edition = session.edition(case)
    data = dict(answers.data)
    found: list[tuple[FieldPath, Problem]] = _written_by_hand(data)
    particulars = _particulars(data.pop(PRIVATE, None), found)
    private = _private_files(particulars, files, writer.chance)
    header = _header(case, kind, edition, writer, private, replaces)
    record = _validated(KINDS[kind], {**data, **header}, found)
    if record is not None and not found:
        found += _misfits(session, case, edition, record)
    if found or record is None:
        raise invalid(answers, found)
    return Prepared(record, tuple(private), particulars)


def invalid(answers: Answers, found: Sequence[tuple[FieldPath, Problem]]) -> InvalidAnswers:
    """The error that lists these problems, each with the file and line that it came from."""
    placed = []
    for path, problem in found:
        file, line = answers.where(path)
        placed.append(Problem(problem.what, problem.field, file, line))
    placed.sort(key=lambda problem: problem.line or 0)
    return InvalidAnswers(placed, "Nothing was recorded.")


def _written_by_hand(data: dict[str, Plain]) -> list[tuple[FieldPath, Problem]]:
    """Fields of a form that the program writes itself."""
    taken = [name for name in data if name in HEADER - {PRIVATE}]
    return [((name,), Problem("leave this out: sptool writes it itself", name)) for name in taken]


def _particulars(given: Plain, found: list[tuple[FieldPath, Problem]]) -> Particulars:
    try:
        return Particulars.model_validate(given or {})
    except ValidationError as error:
        for path, problem in problems_of(error, Particulars):
            whole = (PRIVATE, *path)
            found.append((whole, Problem(problem.what, shown_path(whole))))
        return Particulars()


def _private_files(particulars: Particulars, files: Sequence[Path], chance: Chance) -> list[PrivateFile]:
    made: list[PrivateFile] = []
    if particulars != Particulars():
        made.append(_salted("particulars.yaml", write_yaml(to_plain(particulars)), chance))
    for number, file in enumerate(files, 1):
        made.append(_salted(f"attachment-{number}{_ending(file)}", _bytes_of(file), chance))
    return made


def _salted(name: str, content: bytes, chance: Chance) -> PrivateFile:
    return PrivateFile(name, chance.salt().encode() + b"\n" + content)


def _ending(file: Path) -> str:
    ending = file.suffix.lower()
    return ending if 2 <= len(ending) <= 6 and ending[1:].isalnum() and ending.isascii() else ".bin"


def _bytes_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UsageError("The file to attach is larger than 50 MB.", "Attach a smaller copy of it.")
        return file.read_bytes()
    except OSError:
        raise UsageError("The file to attach can't be read.", "Check its path.") from None


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
        "after": list(case.heads),
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
    before = _without_replaced(case, record)
    around = Surroundings(before, edition, session.clock.today, tuple(session.book.officers), session.book.references)
    found = misfits(record, around)
    return as_problems(
        found or contradictions(record, around) or _late_without_reason(session, before, edition, record)
    )


def _without_replaced(case: Case, record: Record) -> Case:
    """The case as a correction finds it: without what it corrects."""
    replaced = record.replaces
    if replaced is None:
        return case
    return Case(case.ref, tuple(known for known in case.records if known.id != replaced.record), case.unread)


def _late_without_reason(
    session: Session, case: Case, edition: Framework, record: Record
) -> list[tuple[FieldPath, str]]:
    """Whoever is late with a duty or with guidance says why."""
    from sptool.workflow.deadlines import deadlines

    if "late_reason" not in type(record).model_fields or getattr(record, "late_reason", None):
        return []
    late = [
        deadline
        for deadline in deadlines(case.with_record(record), edition, session.calendar_for(edition))
        if deadline.met_by == record.id and deadline.state == "met-late" and deadline.rule.can_be_late
    ]
    return [
        (("late_reason",), f"it was due on {british(one.due_on)}: say why it is late") for one in late if one.due_on
    ]


def as_bytes(model: BaseModel) -> bytes:
    """A record as its file has it."""
    return write_yaml(to_plain(model))
