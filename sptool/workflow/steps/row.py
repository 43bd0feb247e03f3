"""What the program must know of a kind of record, in one typed row. What matters has no default."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from sptool.records.header import Record
from sptool.workflow.refusals import Rule


@dataclass(frozen=True)
class Late:
    """Something on a floor above, loaded only by the command that needs it. A test finds each.

    Args:
        name: where it is, as `package.module:name`.
    """

    name: str

    def load(self) -> Any:
        """What is meant."""
        module, _, name = self.name.partition(":")
        return getattr(import_module(module), name)


Shape = Literal["one", "many", "entries", "positions", "criteria"]


@dataclass(frozen=True)
class Flag:
    """A flag for a short coded fact.

    Args:
        name: as typed, such as `--outcome`.
        field: the field that it answers.
        help: what it says, in a few words.
        shape: how it becomes an answer. `one`: the word itself; `many`: a list, one word each time; `entries`: a
            list of entries with `key` set; `positions`: `PARTNER=POSITION`; `criteria`: `CHILD:CRITERION=ANSWER`.
        key: for `entries`, the field that the word answers in each entry.
    """

    name: str
    field: str
    help: str
    shape: Shape = "one"
    key: str = ""

    @property
    def repeated(self) -> bool:
        """Whether it may be given several times."""
        return self.shape != "one"


@dataclass(frozen=True)
class Switch:
    """What one command takes besides answers, such as `--reconsider`.

    Args:
        field: what fits the step calls it.
        takes: what follows it: nothing, a word, or a file each time; `argument`: it is itself a word after the case.
    """

    name: str
    field: str
    help: str
    takes: Literal["nothing", "word", "files", "argument"] = "nothing"


About = Literal["new", "one", "one-or-new", "one-or-all"]
"""Which case a command is about: it opens one, one must be named, or none need be: then a new one, or all that wait."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command that records a step.

    Args:
        name: what is typed after `sptool`; two words for a command of a group.
        help: what it does, in one sentence.
        about: which case it is about.
        fitted_by: what fits the step to its case (`desk.fitting.Fit`); None if it is recorded as typed.
        flags: its flags for short coded facts.
        word: an answer that may be typed as a second argument.
        switches: what else it takes.
        waiting: for `one-or-all`: finds the cases meant when none is named.
        instead: what is done instead of recording, if its switch asks for it.
        afterwards: what is done once the step is recorded.
    """

    name: str
    help: str
    about: About
    fitted_by: Late | None
    flags: tuple[Flag, ...]
    word: Flag | None = None
    switches: tuple[Switch, ...] = ()
    waiting: Late | None = None
    instead: Late | None = None
    afterwards: Late | None = None


PutRight = Literal["correction", "reconsideration", "withdrawal"]
EITHER: tuple[PutRight, ...] = ("correction", "withdrawal")
"""What most records can be put right by."""
ALSO_AFRESH: tuple[PutRight, ...] = ("correction", "reconsideration", "withdrawal")
"""The same, and the decision can be taken afresh."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the pathway: one kind of record.

    Args:
        model: the record that it adds; its title and its questions stand there.
        command: what records it.
        option: what is typed besides where the command records other kinds too, such as `--lift`.
        refused_by: the rule that says why it can't be taken now.
        meets: the events of the pathway that it brings about and that an officer adds it for.
        follows: the kinds that naturally follow in the same phone call, offered where they are possible.
        relied_on: whether decisions rest on what it says, so that putting it right makes them need another look.
        put_right_by: how a later record may take its place.
    """

    model: type[Record]
    command: Command
    option: str = ""
    refused_by: Rule
    meets: tuple[str, ...]
    follows: tuple[type[Record], ...]
    relied_on: bool
    put_right_by: tuple[PutRight, ...]

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.model.kind

    def typed(self, case: str) -> str:
        """What is typed for it."""
        which = "" if self.command.about == "new" else case
        return " ".join(word for word in ("sptool", self.command.name, which, self.option) if word)


CRITERIA = Flag("--criterion", "criteria", "CHILD:CRITERION=met|not-met|not-known", "criteria")
POSITIONS = Flag("--position", "positions", "PARTNER=agrees|disagrees|no-view-yet|not-asked", "positions")
SAFE = Flag("--at-risk-now", "at_risk_now", "Is any child at risk now: yes, no or not-known")
AWARE = Flag("--la-aware-on", "la_aware_on", "When the local authority became aware: a date or unknown")
THEMES = Flag("--theme", "themes", "A theme", "many")
STATUS = Flag("--status", "status", "How it stands")
