"""What can be recorded at any time: notes, constraints, links, confirmations, withdrawals."""

from typing import Annotated, ClassVar, Literal

from sptool.records.fields import (
    Day,
    DayAhead,
    LinkedRef,
    NotBefore,
    OfficerMark,
    PersonId,
    Prose,
    RecordId,
    RefersTo,
    Role,
    Slug,
    ask,
    may_ask,
)
from sptool.records.header import Record, Sha256

AnyRecord = Annotated[RecordId, RefersTo(())]
DECISIONS = ("notification-decision", "local-review-decision")
Detail = Literal["name", "other-names", "date-of-birth", "address"]


class Note(Record):
    """Anything worth keeping that is no step of the pathway."""

    kind: ClassVar[str] = "note"
    title: ClassVar[str] = "note"

    happened_on: Day = ask("As of when?")
    text: Prose = ask("What should be noted?", "Labels such as Child A. No names.")


class Attachment(Record):
    """A file kept with the case, on its particulars ref: its name and bytes never stand in the record."""

    kind: ClassVar[str] = "attachment"
    title: ClassVar[str] = "file attached"
    in_subject: ClassVar[tuple[str, ...]] = ("what",)

    happened_on: Day = ask("When was it received?")
    what: Literal["return", "proforma", "minutes", "report", "letter", "chronology", "other"] = ask(
        "What kind of file is it?"
    )
    belongs_to: AnyRecord | None = may_ask("Which record does it belong to?")
    note: Prose | None = may_ask("What should be known about it?")


class Constraint(Record):
    """Something that must be held back for now. It stops no clock; letters warn of it."""

    kind: ClassVar[str] = "constraint"
    title: ClassVar[str] = "constraint"

    happened_on: Day = ask("When was it asked?")
    asked_by: Role = ask("Who asked for it?", "A role.")
    what_not_to_do: Prose = ask("What must not be done?")
    review_on: Annotated[DayAhead, NotBefore("happened_on", "the day on which it was asked")] = ask(
        "When will it be reviewed?"
    )


class ConstraintLifted(Record):
    """That a constraint no longer holds."""

    kind: ClassVar[str] = "constraint-lifted"
    title: ClassVar[str] = "constraint lifted"

    happened_on: Day = ask("When was it lifted?")
    constraint: Annotated[RecordId, RefersTo(("constraint",))] = ask("Which constraint?")
    lifted_by: Role = ask("Who lifted it?", "A role.")


class Link(Record):
    """That another case belongs with this one."""

    kind: ClassVar[str] = "link"
    title: ClassVar[str] = "case linked"
    in_subject: ClassVar[tuple[str, ...]] = ("relation",)

    happened_on: Day = ask("As of when?")
    to: LinkedRef = ask("Which case?")
    relation: Literal["sibling", "same-incident", "same-family", "adult-sibling", "other"] = ask("How is it linked?")


class LeadOfficer(Record):
    """Who leads the case from now on."""

    kind: ClassVar[str] = "lead-officer"
    title: ClassVar[str] = "lead officer"

    happened_on: Day = ask("As of when?")
    officer: Annotated[Slug, OfficerMark()] = ask("Who is the lead officer?")


class DecisionConfirmed(Record):
    """That a decision stands although something it relied on was corrected."""

    kind: ClassVar[str] = "decision-confirmed"
    title: ClassVar[str] = "decision confirmed"

    happened_on: Day = ask("When was it confirmed?")
    decision: Annotated[RecordId, RefersTo(DECISIONS)] = ask("Which decision?")
    reason: Prose = ask("Why does it stand?")
    decided_by: Role = ask("Who confirmed it?", "A role.")


class Resolution(Record):
    """Which of two conflicting records stands."""

    kind: ClassVar[str] = "resolution"
    title: ClassVar[str] = "conflict settled"

    happened_on: Day = ask("When was it settled?")
    stands: AnyRecord = ask("Which record stands?")
    set_aside: AnyRecord = ask("Which record is set aside?")
    reason: Prose = ask("Why?")
    decided_by: Role = ask("Who settled it?", "A role.")


class Withdrawal(Record):
    """That a record never belonged to this case. The original stays readable."""

    kind: ClassVar[str] = "withdrawal"
    title: ClassVar[str] = "record withdrawn"

    happened_on: Day = ask("When was it withdrawn?")


class DocumentSent(Record):
    """That a document was sent: the digest of its bytes, to whom, from which template, and whom it identified.

    Of a copy that identified somebody only the salted digest in `private` is recorded: `sha256` would for ever confirm
    a name that somebody guesses, even once the copy is lawfully erased.
    """

    kind: ClassVar[str] = "document-sent"
    title: ClassVar[str] = "document sent"
    in_subject: ClassVar[tuple[str, ...]] = ("document",)

    happened_on: Day = ask("When was it sent?")
    document: Slug = ask("Which document?")
    to: Role = ask("To whom?", "A role or body.")
    format: Literal["md", "docx", "pdf", "html"] = may_ask("In which format?", default="md")
    sha256: Sha256 | None = may_ask("The digest of its bytes")
    template: Sha256 | None = may_ask("The digest of the template")
    identified: tuple[PersonId, ...] = may_ask("Whom did it identify?", "Labels, such as `child-a`.", default=())
    details: tuple[Detail, ...] = may_ask("By which details?", default=())
