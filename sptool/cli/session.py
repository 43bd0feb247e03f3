"""One run of a command: the folder, the clock, who the officer is, and what is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.errors import SptoolError, StepRefused, UsageError

if TYPE_CHECKING:
    from sptool.cli.clock import Clock
    from sptool.framework.models import Framework, Rule
    from sptool.records.case import Case
    from sptool.store.casebook import Casebook
    from sptool.store.folder import CaseFolder
    from sptool.store.identity import Identity
    from sptool.working_days import Calendar


@dataclass(frozen=True)
class Globals:
    """What was said for every command.

    Args:
        cases: the case folder named, if any.
        today: a pretended day, if any.
        no_input: that nothing may be asked.
    """

    cases: Path | None = None
    today: str = ""
    no_input: bool = False


class Session:
    """What a command works with. Everything is read when first asked for.

    Args:
        given: what was said for every command.
    """

    def __init__(self, given: Globals) -> None:
        from sptool.cli.clock import read_clock

        self.given = given
        self.clock: Clock = read_clock(given.today)
        self.recorded = ""
        """The commit of the step that was recorded, if one was."""

    @cached_property
    def root(self) -> Path:
        """Where the case folder is."""
        from sptool.store.folder import find_root

        return find_root(Path.cwd(), self.given.cases)

    @cached_property
    def folder(self) -> CaseFolder:
        from sptool.store.folder import open_case_folder

        return open_case_folder(self.root)

    @cached_property
    def book(self) -> Casebook:
        from sptool.store.casebook import Casebook

        return Casebook.newest(self.folder, self.clock.today)

    def close(self) -> None:
        """Lets go of what was opened to read the folder; everything has been said by now."""
        if "folder" in self.__dict__:
            self.folder.reader.close()
        if self.recorded:
            from sptool.store.tidying import keep_history_quick

            keep_history_quick(self.folder, self.recorded)

    def refresh(self, recorded: str = "") -> None:
        """Forgets what was read, after something was recorded.

        Args:
            recorded: the step's commit.
        """
        self.__dict__.pop("book", None)
        self.recorded = recorded

    def reference(self, typed: str) -> str:
        """The reference that was meant: in whatever case, or a beginning that fits only one.

        Raises:
            UsageError: for one that is not there, with the nearest that is.
        """
        wanted = typed.strip().upper()
        if wanted in self.book.references:
            return wanted
        known = list(self.book.references)
        fitting = [ref for ref in known if ref.startswith(wanted) or ref.split("-", 2)[2].startswith(wanted)]
        if len(fitting) == 1 and len(wanted) > 1:
            return fitting[0]
        near = fitting[:4] or get_close_matches(wanted, known, n=3, cutoff=0.6)
        hint = f"Did you mean {' or '.join(near)}?" if near else "To see every case: sptool list"
        raise UsageError("There is no case with this reference.", hint)

    def case(self, reference: str) -> Case:
        """A case by its exact reference."""
        return self.book.case(reference)

    def naming(self, reference: str) -> tuple[str, ...]:
        """The other cases whose records name this one: from the index if it is at hand, or else from every record."""
        from sptool.index.nearby import naming_at_once

        known = naming_at_once(self.root, self.book.commit, reference)
        return self.book.naming(reference) if known is None else known

    def edition(self, case: Case) -> Framework:
        """The framework edition of a case."""
        return self.book.edition_of(case)

    @cached_property
    def officer(self) -> tuple[str, Identity]:
        """The officer's id in the register, and the author of commits.

        Raises:
            UsageError: git knows no name for the user, or the register doesn't.
        """
        from sptool.store.identity import user_identity

        identity = user_identity(self.folder.root)
        set_up = 'sptool officer add --me --name "Your Name" --email you@example.org'
        if identity is None:
            raise UsageError("git does not know who you are, so nothing can be recorded.", f"Say it once: {set_up}")
        for entry in self.book.officers.values():
            if entry.email.casefold() == identity.email.casefold():
                return entry.officer, identity
        raise UsageError("You are not in this folder's register of officers.", f"Add yourself: {set_up}")

    def moment(self) -> datetime:
        """The moment to record at. A pretended day is for practice folders only."""
        if self.clock.pretended and not self.folder.settings.training:
            raise StepRefused(
                "Only a practice folder may be written with a made-up date.", "Leave out --today and SPTOOL_TODAY."
            )
        last = int(self.folder.git.run("show", "-s", "--format=%ct", "HEAD").decode())
        return self.clock.after(datetime.fromtimestamp(last, UTC))

    def calendar_for(self, edition: Framework) -> Callable[[Rule], Calendar]:
        """The working days that count for a deadline of an edition."""
        from sptool.framework.calendar import england_calendar

        return lambda rule: england_calendar(edition, rule.id, self.bank_holidays)

    @cached_property
    def bank_holidays(self) -> Mapping[date, str]:
        """England's bank holidays."""
        from sptool.store.remembered import bank_holidays

        return bank_holidays(self.folder.workshop)


def open_session(context: typer.Context) -> Session:
    """The session of this run."""
    given = context.obj if isinstance(context.obj, Globals) else Globals()
    session = Session(given)
    context.call_on_close(session.close)
    return session


def complete_reference(incomplete: str) -> list[str]:
    """The references that begin like this, for completion in a shell; none where there is no case folder."""
    try:
        known = Session(Globals()).book.references
    except SptoolError:
        return []
    return [reference for reference in known if reference.startswith(incomplete.upper())]


CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="The case's reference, or a beginning that fits only one.",
        autocompletion=complete_reference,
    ),
]


def hoisted(arguments: list[str]) -> list[str]:
    """Puts what holds for every command in front, so that it may be typed anywhere.

    Args:
        arguments: what was typed after `sptool`.
    """
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif word in ("--cases", "--today"):
            front += [word, _value_of(word, waiting)]
        elif word == "--no-input" or re.match(r"--(cases|today)=", word):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def _value_of(option: str, waiting: Iterator[str]) -> str:
    value = next(waiting, "")
    if not value:
        raise UsageError(f"{option} needs a value.", "To see how it is used: sptool --help")
    return value
