"""Whom the desk asks and tells: an officer at a terminal, nobody, or a test. The desk itself knows no terminal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NoReturn, Protocol

from sptool.errors import UsageError


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen.

    Args:
        code: what the record holds.
        text: what an officer reads.
    """

    code: str
    text: str


class WritingStopped(KeyboardInterrupt):
    """The officer stopped in the middle of a text, or what it was written in broke off.

    Args:
        text: what was written by then.
    """

    def __init__(self, asked: str, text: str) -> None:
        super().__init__()
        self.asked = asked
        self.text = text


MUST = "This must be answered."
Check = Callable[[str], str]
"""Says in one sentence what is wrong with a line that was typed; empty if nothing is."""


def anything(typed: str) -> str:
    """Nothing is wrong with any line."""
    del typed
    return ""


def must_say_something(typed: str) -> str:
    """A line that is left empty is no answer."""
    return "" if typed.strip() else MUST


class Conversation(Protocol):
    """Asks and tells. Each question waits for its answer; whoever stops raises KeyboardInterrupt or EOFError."""

    @property
    def can_ask(self) -> bool:
        """Whether questions may be put."""

    def tell(self, text: str = "") -> None:
        """Says something, apart from any result."""

    def tell_item(self, text: str) -> None:
        """Says something as an item below what was said before."""

    def pass_on(self, text: str) -> None:
        """Says what matters only to somebody who sits there and waits."""

    def confirm(self, question: str, *, default: bool = True) -> bool:
        """A question answered with yes or no."""

    def choose(self, question: str, options: Sequence[Option], suggested: str = "") -> str:
        """The code of one option."""

    def pick(
        self, question: str, options: Sequence[Option], chosen: Collection[str] = (), *, required: bool = False
    ) -> list[str]:
        """The codes of any options, in their order.

        Args:
            chosen: the codes that are picked unless the officer says otherwise.
            required: whether at least one must be picked.
        """

    def line(self, question: str, suggested: str = "", check: Check = anything) -> str:
        """A line as typed, without blanks around it.

        Args:
            suggested: what stands there already, to be kept or written over.
            check: refuses what can't be taken.
        """

    def prose(self, question: str, suggested: str = "", *, required: bool) -> str:
        """A text in the officer's own words, of one line or many."""


class Nobody:
    """A conversation with nobody: what is said goes to whoever collects it, and each question is refused by name.

    Args:
        hear: takes in what is said.
    """

    def __init__(self, hear: Callable[[str], None] = lambda _: None) -> None:
        self._hear = hear

    @property
    def can_ask(self) -> bool:
        return False

    def tell(self, text: str = "") -> None:
        self._hear(text)

    def tell_item(self, text: str) -> None:
        self._hear(text)

    def pass_on(self, text: str) -> None:
        del text

    def confirm(self, question: str, *, default: bool = True) -> NoReturn:
        del default
        raise _unanswered(question)

    def choose(self, question: str, options: Sequence[Option], suggested: str = "") -> NoReturn:
        del options, suggested
        raise _unanswered(question)

    def pick(
        self, question: str, options: Sequence[Option], chosen: Collection[str] = (), *, required: bool = False
    ) -> NoReturn:
        del options, chosen, required
        raise _unanswered(question)

    def line(self, question: str, suggested: str = "", check: Check = anything) -> NoReturn:
        del suggested, check
        raise _unanswered(question)

    def prose(self, question: str, suggested: str = "", *, required: bool) -> NoReturn:
        del suggested, required
        raise _unanswered(question)


def _unanswered(question: str) -> UsageError:
    return UsageError(f"This can't be asked here: {question}", "Answer it with a flag, or in the YAML of --from.")
