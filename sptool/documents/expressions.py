"""Checks what a template fills in and asks for: every name is real, nothing printed can be missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import is_dataclass
from functools import singledispatchmethod
from types import MappingProxyType
from typing import get_type_hints

from jinja2 import nodes

from sptool.documents.hints import (
    Hint,
    Unclear,
    allowed_words,
    may_be_missing,
    path,
    printable,
    there_if,
    there_unless,
    without_none,
)
from sptool.errors import Problem
from sptool.framework.lists import did_you_mean

FILTERS: Mapping[str, type] = MappingProxyType(
    {"capitalize": str, "join": str, "length": int, "lower": str, "upper": str}
)
NOT_ALLOWED = "this can't be used here: a document's template has only {{ names }}, if, for and include"


class Expressions:
    """What can be asked at one place of a template.

    Args:
        facts: the dataclass whose fields are the names that the template can use.
    """

    def __init__(self, facts: type) -> None:
        self.problems: list[Problem] = []
        self.names: dict[str, Hint] = dict(get_type_hints(facts))
        self.file = ""
        self._there: frozenset[str] = frozenset()

    def complain(self, node: nodes.Node, what: str) -> None:
        """Adds to `problems` what is wrong at a place."""
        problem = Problem(what, file=self.file, line=node.lineno)
        if problem not in self.problems:
            self.problems.append(problem)

    @contextmanager
    def knowing(self, there: frozenset[str]) -> Iterator[None]:
        """While names are known to be there, because an `if` asked."""
        before, self._there = self._there, self._there | there
        yield
        self._there = before

    @contextmanager
    def naming(self, names: Mapping[str, Hint]) -> Iterator[None]:
        """While a `for` gives names of its own."""
        names_before, there_before = self.names, self._there
        self.names = {**self.names, **names}
        self._there = frozenset(name for name in self._there if name.partition(".")[0] not in names)
        yield
        self.names, self._there = names_before, there_before

    def printed(self, node: nodes.Node) -> None:
        """Checks what is filled in."""
        hint = self.type_of(node)
        if may_be_missing(hint):
            self.complain(node, f"this isn't there in every case: ask {{% if {path(node) or '...'} %}} first")
        elif not printable(hint):
            self.complain(node, "this isn't text, so it can't be filled in as it is")

    def type_of(self, node: nodes.Node) -> Hint:
        """The type of an expression; `Unclear` after a complaint."""
        hint = self._type(node)
        return without_none(hint) if may_be_missing(hint) and path(node) in self._there else hint

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
        if may_be_missing(self.type_of(node.node)):
            self.complain(node, f"this isn't there in every case: ask {{% if {path(node.node)} %}} first")
        for argument in node.args:
            self.printed(argument)
        return FILTERS[node.name]

    @_type.register
    def _(self, node: nodes.CondExpr) -> Hint:
        self.type_of(node.test)
        with self.knowing(there_if(node.test)):
            self.printed(node.expr1)
        if node.expr2 is None:
            self.complain(node, "say what stands here otherwise: {{ ... if ... else ... }}")
            return str
        with self.knowing(there_unless(node.test)):
            self.printed(node.expr2)
        return str

    @_type.register
    def _(self, node: nodes.Compare) -> Hint:
        allowed = allowed_words(self.type_of(node.expr))
        for operand in node.ops:
            self.type_of(operand.expr)
            if allowed and isinstance(operand.expr, nodes.Const) and operand.expr.value not in allowed:
                self.complain(node, f"this can never be so. It can be: {', '.join(allowed)}.")
        return bool

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
        for part in node.nodes:
            self.printed(part)
        return str
