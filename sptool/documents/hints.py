"""What the annotated types of a document's facts say to a template: what can be printed, and what may be missing."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Literal, TypeAlias, Union, get_args, get_origin

from jinja2 import nodes

Hint: TypeAlias = object  # a type as an annotation has it


class Unclear:
    """The type of what was already complained of, so that one mistake gives one message."""


class TextOrNumber:
    """The type of what is text in one case and a number in the other: it can be filled in, and no more."""


def may_be_missing(hint: Hint) -> bool:
    """Whether None is one of the values."""
    return NoneType in _branches(hint)


def without_none(hint: Hint) -> Hint:
    """The type once it is known to be there."""
    left = [branch for branch in _branches(hint) if branch is not NoneType]
    return left[0] if len(left) == 1 else Unclear


def printable(hint: Hint) -> bool:
    """Whether the value is text or a number, and so can be filled in."""
    return hint in (str, int, TextOrNumber, Unclear) or bool(allowed_words(hint))


def allowed_words(hint: Hint) -> tuple[str, ...]:
    """The only words that the value can be, if it can be only certain words."""
    return get_args(hint) if get_origin(hint) is Literal else ()


def entry_of(hint: Hint) -> Hint | None:
    """The type of a list's entries; None if it is no list."""
    if hint is Unclear:
        return Unclear
    return get_args(hint)[0] if get_origin(hint) is tuple else None


def path(node: nodes.Node) -> str:
    """A name or a dotted name as the template has it; empty for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        owner = path(node.node)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def there_if(test: nodes.Node) -> frozenset[str]:
    """The names that are there wherever a test holds."""
    if isinstance(test, nodes.And):
        return there_if(test.left) | there_if(test.right)
    if isinstance(test, nodes.Not):
        return there_unless(test.node)
    return frozenset({path(test)} - {""})


def there_unless(test: nodes.Node) -> frozenset[str]:
    """The names that are there wherever a test does not hold."""
    if isinstance(test, nodes.Or):
        return there_unless(test.left) | there_unless(test.right)
    return there_if(test.node) if isinstance(test, nodes.Not) else frozenset()


def _branches(hint: Hint) -> tuple[Hint, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def is_text(hint: Hint) -> bool:
    """Whether the value is text."""
    return hint in (str, Unclear) or bool(allowed_words(hint))
