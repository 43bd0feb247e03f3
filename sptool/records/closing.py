"""Stage 15 and after: closing, reopening, lawful erasure, legal holds."""

from typing import Annotated, ClassVar, Literal

from sptool.records.fields import Day, FromFramework, Line, Prose, Role, Slug, ask, may_ask
from sptool.records.header import Record


class Closure(Record):
    """That the case was closed, and why."""

    kind: ClassVar[str] = "closure"
    title: ClassVar[str] = "case closed"
    in_subject: ClassVar[tuple[str, ...]] = ("reason",)

    happened_on: Day = ask("When was it closed?")
    reason: Annotated[Slug, FromFramework("closure-reasons")] = ask("For which reason?")
    note: Prose | None = may_ask("What should be known?")
    open_actions: Prose | None = may_ask("If actions are open: who carries them?")
    open_duties: Prose | None = may_ask("If a duty is still open: why is the case closed?")
    receipt: Line | None = may_ask("If it was transferred: what receipt did the other area give?")


class Reopening(Record):
    """That a closed case was opened again, and why."""

    kind: ClassVar[str] = "reopening"
    title: ClassVar[str] = "case reopened"

    happened_on: Day = ask("When was it reopened?")
    reason: Prose = ask("Why?")


class Erasure(Record):
    """That the particulars of this case were lawfully erased."""

    kind: ClassVar[str] = "erasure"
    title: ClassVar[str] = "particulars erased"
    in_subject: ClassVar[tuple[str, ...]] = ("basis",)

    happened_on: Day = ask("When was it authorised?")
    authority: Role = ask("Who authorised it?", "A role.")
    basis: Literal["retention-period-over", "right-to-erasure", "court-order", "recorded-in-error", "other"] = ask(
        "On which basis?"
    )
    reason: Prose = ask("Why?")


class LegalHold(Record):
    """That nothing of this case may be erased, or that this no longer holds."""

    kind: ClassVar[str] = "legal-hold"
    title: ClassVar[str] = "legal hold"
    in_subject: ClassVar[tuple[str, ...]] = ("hold",)

    happened_on: Day = ask("As of when?")
    hold: Literal["placed", "lifted"] = ask("Is the hold placed or lifted?")
    authority: Role = ask("Who asked for it?", "A role.")
    reason: Prose = ask("Why?")
