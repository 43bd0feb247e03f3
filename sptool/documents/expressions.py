"""Checks what a template fills in and asks for: every name is real, and what is done with it fits what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from functools import singledispatchmethod
from types import MappingProxyType
from typing import get_type_hints

from jinja2 import nodes

from sptool.documents.hints import (
    Hint,
    TextOrNumber,
    Unclear,
    allowed_words,
    entry_of,
    is_text,
    may_be_missing,
    path,
    printable,
    there_if,
    there_unless,
    without_none,
)
from sptool.errors import Problem
from sptool.framework.lists import did_you_mean

NOT_ALLOWED = "this can't be used here: a document's template has only {{ names }}, if, for and include"
MOST_JOINED = 20  # parts of one `~`; each may be as long as prose can be


@dataclass(frozen=True)
class Filter:
    """What a filter does, what it can be used on, and what it makes of it."""

    does: Callable[..., str | int]
    fits: Callable[[Hint], bool]
    used_on: str
    gives: type[str | int]


def _joined(entries: Iterable[object], between: str = "") -> str:
    return between.join(map(str, entries))


FILTERS: Mapping[str, Filter] = MappingProxyType(
    {
        "capitalize": Filter(str.capitalize, is_text, "text", str),
        "join": Filter(_joined, lambda hint: printable(entry_of(hint)), "a list of texts", str),
        "length": Filter(len, lambda hint: is_text(hint) or entry_of(hint) is not None, "a list or text", int),
        "lower": Filter(str.lower, is_text, "text", str),
        "upper": Filter(str.upper, is_text, "text", str),
    }
)


class Expressions:
    """What can be asked at one place of a template.

    Args:
        facts: the dataclass whose fields are the names that the template can use.
    """

    def __init__(self, facts: type) -> None:
        self.problems: list[Problem] = []
        self.names: dict[str, Hint] = dict(get_type_hints(facts))
        self.file = ""
        self._known_there: frozenset[str] = frozenset()

    def complain(self, node: nodes.Node, what: str) -> None:
        """Adds to `problems` what is wrong at a place."""
        problem = Problem(what, file=self.file, line=node.lineno)
        if problem not in self.problems:
            self.problems.append(problem)

    @contextmanager
    def knowing(self, there: frozenset[str]) -> Iterator[None]:
        """While names are known to be there, because an `if` asked."""
        before, self._known_there = self._known_there, self._known_there | there
        yield
        self._known_there = before

    @contextmanager
    def naming(self, names: Mapping[str, Hint]) -> Iterator[None]:
        """While a `for` gives names of its own."""
        names_before, there_before = self.names, self._known_there
        self.names = {**self.names, **names}
        self._known_there = frozenset(name for name in self._known_there if name.partition(".")[0] not in names)
        yield
        self.names, self._known_there = names_before, there_before

    def printed(self, node: nodes.Node) -> Hint:
        """Checks what is filled in, and gives its type; `Unclear` after a complaint."""
        hint = self._there(node, self.type_of(node))
        if printable(hint):
            return hint
        self.complain(node, "this isn't text, so it can't be filled in as it is")
        return Unclear

    def type_of(self, node: nodes.Node) -> Hint:
        """The type of an expression; `Unclear` after a complaint."""
        hint = self._type(node)
        return without_none(hint) if may_be_missing(hint) and path(node) in self._known_there else hint

    @singledispatchmethod
    def _type(self, node: nodes.Node) -> Hint:
        self.complain(node, NOT_ALLOWED)
        return Unclear

    @_type.register
    def _(self, node: nodes.Const) -> Hint:
        return type(node.value)

    @_type.register
    def _(self, node: nodes.Name) -> Hint:
        return self._known(node, node.name, self.names)

    @_type.register
    def _(self, node: nodes.Getattr) -> Hint:
        owner = self.type_of(node.node)
        if owner is Unclear:
            return Unclear
        if may_be_missing(owner):
            self.complain(
                node, f"`{path(node.node)}` isn't there in every case: ask {{% if {path(node.node)} %}} first"
            )
            return Unclear
        fields = get_type_hints(owner) if isinstance(owner, type) and is_dataclass(owner) else {}
        return self._known(node, node.attr, fields)

    def _known(self, node: nodes.Node, name: str, known: Mapping[str, Hint]) -> Hint:
        if name not in known:
            self.complain(node, f"there is no `{name}` here.{did_you_mean(name, known)}")
        return known.get(name, Unclear)

    @_type.register
    def _(self, node: nodes.Filter) -> Hint:
        if node.name not in FILTERS or node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.complain(node, f"there is no such filter here. Allowed: {', '.join(FILTERS)}.")
            return Unclear
        used, hint = FILTERS[node.name], self._there(node.node, self.type_of(node.node))
        if not used.fits(hint):
            self.complain(node, f"`{node.name}` can only be used on {used.used_on}")
        elif len(node.args) > (node.name == "join") or not all(_in_quotes(argument) for argument in node.args):
            self.complain(node, 'only `join` has brackets, with what stands between in quotes: join(", ")')
        return used.gives

    def _there(self, node: nodes.Node, hint: Hint) -> Hint:
        """The type of an expression, or `Unclear` after a complaint if it isn't there in every case."""
        if not may_be_missing(hint):
            return hint
        self.complain(node, f"this isn't there in every case: ask {{% if {path(node) or '...'} %}} first")
        return Unclear

    @_type.register
    def _(self, node: nodes.CondExpr) -> Hint:
        self.type_of(node.test)
        with self.knowing(there_if(node.test)):
            first = self.printed(node.expr1)
        if node.expr2 is None:
            self.complain(node, "say what goes here if not: {{ ... if ... else ... }}")
            return Unclear
        with self.knowing(there_unless(node.test)):
            second = self.printed(node.expr2)
        if is_text(first) and is_text(second):
            return str
        return int if first == second else TextOrNumber

    @_type.register
    def _(self, node: nodes.Compare) -> Hint:
        before, hint = node.expr, self.type_of(node.expr)
        allowed = allowed_words(hint)
        for operand in node.ops:
            hint, left = self.type_of(operand.expr), hint
            if operand.op not in ("eq", "ne"):
                self._compared(operand.op, self._there(before, left), self._there(operand.expr, hint), node)
            before = operand.expr
            if allowed and isinstance(operand.expr, nodes.Const) and operand.expr.value not in allowed:
                self.complain(node, f"this can never be true. It can be: {', '.join(allowed)}.")
        return bool

    def _compared(self, how: str, left: Hint, right: Hint, node: nodes.Compare) -> None:
        if how in ("in", "notin"):
            if entry_of(right) is None and not (is_text(left) and is_text(right)):
                self.complain(node, "`in` looks for text in a text, or for an entry in a list")
        elif not {left, right} <= {int, Unclear}:
            self.complain(node, "only numbers can be more or less than each other")

    @_type.register
    def _(self, node: nodes.And | nodes.Or) -> Hint:
        self.type_of(node.left)
        with self.knowing(there_if(node.left) if isinstance(node, nodes.And) else there_unless(node.left)):
            self.type_of(node.right)
        return bool

    @_type.register
    def _(self, node: nodes.Not) -> Hint:
        self.type_of(node.node)
        return bool

    @_type.register
    def _(self, node: nodes.Concat) -> Hint:
        if len(node.nodes) > MOST_JOINED or node.find(nodes.Concat):
            self.complain(node, f"at most {MOST_JOINED} parts can be put together with ~; write the rest after it")
        for part in node.nodes:
            self.printed(part)
        return str


def _in_quotes(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)
