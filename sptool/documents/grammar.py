"""Reads a template before it is used: every name in it is real, and nothing in it could come out empty.

Only what a letter needs is allowed: filling in, `if`, `for` and `include`. There are no calls, assignments or
macros, so a template can't reach anything but the facts of its document. Nor can it go on for long: of the `for`
inside each other only two go through whole lists, the others through a part of an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import TypeAlias

from jinja2 import nodes

from sptool.documents.expressions import NOT_ALLOWED, Expressions
from sptool.documents.hints import Hint, entry_of, path, there_if, there_unless
from sptool.errors import Problem
from sptool.framework.lists import did_you_mean

MOST_WHOLE_LISTS = 2
Load: TypeAlias = Callable[[str], nodes.Template]


@dataclass(frozen=True)
class Round:
    """What a template can ask of `loop`, the round that a `for` is in."""

    first: bool
    last: bool
    index: int


def template_problems(name: str, load: Load, facts: type, known: Collection[str]) -> list[Problem]:
    """What is wrong with a template and all that it includes, each with its line.

    Args:
        load: gives the tree of a template by its name.
        facts: the dataclass whose fields are the names that the template can use.
    """
    reading = _Reading(load, facts, known)
    reading.template(name)
    return reading.expressions.problems


class _Reading:
    def __init__(self, load: Load, facts: type, known: Collection[str]) -> None:
        self.expressions = Expressions(facts)
        self._load = load
        self._known = known
        self._open: list[str] = []
        self._entries: list[str] = []
        self._whole_lists = 0

    def template(self, name: str) -> None:
        tree = self._load(name)
        self._open.append(name)
        self.expressions.file = name
        self._body(tree.body)
        self._open.pop()
        self.expressions.file = self._open[-1] if self._open else name

    def _body(self, body: Sequence[nodes.Node]) -> None:
        for node in body:
            self._statement(node)

    @singledispatchmethod
    def _statement(self, node: nodes.Node) -> None:
        self.expressions.complain(node, NOT_ALLOWED)

    @_statement.register
    def _(self, node: nodes.Output) -> None:
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                self.expressions.printed(part)

    @_statement.register
    def _(self, node: nodes.If) -> None:
        self.expressions.type_of(node.test)
        with self.expressions.knowing(there_if(node.test)):
            self._body(node.body)
        with self.expressions.knowing(there_unless(node.test)):
            self._body([*node.elif_, *node.else_])

    @_statement.register
    def _(self, node: nodes.For) -> None:
        entry = entry_of(self.expressions.type_of(node.iter))
        if not isinstance(node.target, nodes.Name) or node.test is not None or node.recursive:
            self.expressions.complain(node, NOT_ALLOWED)
        elif entry is None:
            self.expressions.complain(node, "this isn't a list, so `for` can't go through it")
        else:
            self._rounds(node, node.target.name, entry)
        self._body(node.else_)

    def _rounds(self, node: nodes.For, name: str, entry: Hint) -> None:
        whole = not self._entries or path(node.iter).partition(".")[0] != self._entries[-1]
        if whole and self._whole_lists == MOST_WHOLE_LISTS:
            what = f"of `for` inside each other only {MOST_WHOLE_LISTS} can go through whole lists"
            self.expressions.complain(node, f"{what}; a third goes through a list of an entry, such as `part.rows`")
            return
        self._entries.append(name)
        self._whole_lists += whole
        with self.expressions.naming({name: entry, "loop": Round}):
            self._body(node.body)
        self._whole_lists -= whole
        self._entries.pop()

    @_statement.register
    def _(self, node: nodes.Include) -> None:
        part = node.template
        if not isinstance(part, nodes.Const) or not isinstance(part.value, str) or node.ignore_missing:
            self.expressions.complain(node, "name the template to include in quotes")
        elif part.value not in self._known:
            self.expressions.complain(node, f"there is no such template.{did_you_mean(part.value, self._known)}")
        elif part.value in self._open:
            self.expressions.complain(node, "a template can't include itself")
        else:
            self.template(part.value)
