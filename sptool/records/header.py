"""What every record carries, whatever its kind.  [format]"""

from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, PlainSerializer, StringConstraints

from sptool.records.fields import CaseRef, Day, Frozen, Line, Prose, RecordId, Slug, ask, may_ask

REGISTER = "register"
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def _utc_seconds(value: object) -> object:
    """Only `YYYY-MM-DDTHH:MM:SSZ` is a moment: UTC, whole seconds, as the commit has it."""
    if isinstance(value, datetime) and value.tzinfo == UTC and not value.microsecond:
        return value
    if isinstance(value, str) and len(value) == 20 and value.endswith("Z"):
        return value
    raise ValueError("write the moment as YYYY-MM-DDTHH:MM:SSZ")


Moment = Annotated[
    datetime,
    BeforeValidator(_utc_seconds),
    PlainSerializer(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ"), when_used="json"),
]


class EditionUsed(Frozen):
    """The framework edition that the record was written under.

    Args:
        edition: its name, such as `2022-01`.
        sha256: the digest of the edition's file, so that a quiet change of it shows.
    """

    edition: str
    sha256: Sha256


class Replaces(Frozen):
    """That this record takes the place of an earlier one, and why.

    Args:
        record: the id of the record replaced.
        kind: `correction` (it was wrong when written), `reconsideration` (decided afresh) or
            `withdrawal` (it never belonged to this case). Stored under the name `as`.
        reason: why, in the officer's words.
        asked_by: who asked for it, as a role or body.
    """

    record: RecordId
    kind: Literal["correction", "reconsideration", "withdrawal"] = ask("As what?", alias="as")
    reason: Prose
    asked_by: Line | None = None


class PrivatePart(Frozen):
    """One file on the case's particulars ref that belongs to this record.

    Args:
        file: its name below the record's folder there: `particulars.yaml`, `attachment-1.pdf`.
        sha256: the digest of the salted bytes as stored.
    """

    file: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z0-9]+)*\.[a-z0-9]{1,5}$")]
    sha256: Sha256


class Record(Frozen):
    """A step as it was recorded. Frozen: nothing recorded is ever edited.

    Args:
        record: kind and version, such as `referral/1`.
        id: ten characters, the first a letter, none that looks like another.
        case: the case's reference, or `register` for the folder's own register.
        after: the newest records of the case that the writer had: everything they could know.
        recorded_at: when it was recorded, UTC to the second; equal to the commit's date.
        recorded_by: the officer's id in the register; the commit's author.
        written_by: program and version.
        framework: the edition that the rules were taken from.
        happened_on: when it happened, as declared.
        track: children's or adults' pathway.
        out_of_order: why it is recorded out of order, for what had already happened.
        private: digests of what is kept apart on the case's particulars ref.
        local: answers to questions that the partnership added in its framework.
        replaces: the earlier record whose place this one takes.
    """

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    title: ClassVar[str]
    in_subject: ClassVar[tuple[str, ...]] = ()
    asked_first: ClassVar[tuple[str, ...]] = ()

    record: str
    id: RecordId
    case: CaseRef | Literal["register"]
    after: tuple[RecordId, ...] = ()
    recorded_at: Moment
    recorded_by: Slug
    written_by: str
    framework: EditionUsed
    happened_on: Day = ask("When did it happen?")
    track: Literal["child", "adult"] = "child"
    out_of_order: Prose | None = may_ask(
        "If this is recorded out of order: why only now?",
        "For something that had already happened. The record is marked as such.",
    )
    private: tuple[PrivatePart, ...] = ()
    local: dict[str, str | bool] = may_ask("The partnership's own questions", default={})
    replaces: Replaces | None = None


HEADER = frozenset(Record.model_fields) - {"happened_on", "out_of_order", "local"}
"""What the program writes itself; the rest is asked of the officer."""
