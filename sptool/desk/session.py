"""One run at the desk: the folder, the clock, who the officer is, whom it talks to, and what is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sptool.desk.done import Done
from sptool.errors import StepRefused, UsageError

if TYPE_CHECKING:
    from sptool.desk.clock import Clock
    from sptool.desk.conversation import Conversation
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
    """

    cases: Path | None = None
    today: str = ""
    no_input: bool = False
    done: Done = field(default_factory=Done)


class Session:
    """What a use of the desk works with. Everything is read when first asked for.

    Args:
        talk: whom it asks and tells; nobody if it is left out.
    """

    def __init__(self, given: Globals, talk: Conversation | None = None) -> None:
        from sptool.desk.clock import read_clock
        from sptool.desk.conversation import Nobody

        self.given = given
        self.done = given.done
        self.talk: Conversation = talk or Nobody()
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
        from sptool.workflow.edition import load_edition

        return Casebook.newest(self.folder, load_edition, self.clock.today)

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
