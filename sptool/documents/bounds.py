"""The environment that a partnership's templates run in: nothing but the facts can be reached, and all has an end.

Time and size are counted where they are spent: each round of a `for` and each filter is a step, and no text grows past
the longest document. So a template ends in the same place on every computer; only one that crawls is stopped by time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from time import monotonic

from jinja2 import FunctionLoader, StrictUndefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from sptool.documents.literal import mark
from sptool.documents.sources import FIX
from sptool.errors import Problem, UnfitFile

LONGEST_DOCUMENT = 2_000_000  # characters; about 800 pages
MOST_STEPS = 200_000  # rounds and filters; the report on 10,000 cases takes fewer
LONGEST_FILL = 20.0  # seconds; a letter takes a hundredth of one
BUDGET = "_budget"  # no template can name it: it is no name of any document
_ROUNDS = "rounds of a for"


class Budget:
    """What filling in one document may still cost.

    Args:
        steps: how many rounds and filters.
        seconds: how long.
    """

    def __init__(self, steps: int = MOST_STEPS, seconds: float = LONGEST_FILL) -> None:
        self._steps = steps
        self._until = monotonic() + seconds

    def spend(self, file: str, line: int) -> None:
        """Counts a step.

        Raises:
            UnfitFile: the template takes too many steps, or too long.
        """
        self._steps -= 1
        if self._steps < 0 or monotonic() > self._until:
            raise UnfitFile(
                [Problem("the template goes through too much: it would take too long", file=file, line=line)], FIX
            )


def refuse_too_long(length: int, file: str, line: int | None = None) -> None:
    """Refuses a text that is longer than any document.

    Raises:
        UnfitFile: it is.
    """
    if length > LONGEST_DOCUMENT:
        what = f"the document would be longer than {LONGEST_DOCUMENT:,} characters"
        raise UnfitFile([Problem(what, file=file, line=line)], FIX)


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja without files, functions or tests, which counts what a template does and marks whatever is filled in.

    Jinja's own escaping is meant for web pages and stays off: whatever is filled in is made literal afterwards.

    Args:
        read: gives a template's text by its name.
    """

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__(
            loader=FunctionLoader(read),
            undefined=StrictUndefined,
            finalize=mark,
            autoescape=False,
            optimized=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.globals.clear()
        self.filters = {
            "join": _join,
            "capitalize": _counted(str.capitalize),
            "lower": _counted(str.lower),
            "upper": _counted(str.upper),
            "length": _counted(len),
            _ROUNDS: _rounds,
        }

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Compiles a template whose rounds, filters and joined texts count."""
        _Counting().visit(source)
        return super()._generate(source, name, filename, defer_init)


class _Counting(NodeTransformer):
    """Puts the counting where a template spends: each filter is told its line, each `for` and `~` becomes a filter."""

    def visit(self, node: nodes.Node, *args: object, **kwargs: object) -> nodes.Node:
        """The node as it is compiled, whatever is inside it first."""
        self.generic_visit(node, *args, **kwargs)
        if isinstance(node, nodes.Filter):
            node.args = [nodes.Const(node.lineno), *node.args]
        elif isinstance(node, nodes.Concat):
            return _filter(nodes.List(node.nodes), "join", node.lineno)
        elif isinstance(node, nodes.For):
            node.iter = _filter(node.iter, _ROUNDS, node.lineno)
        return node


def _filter(value: nodes.Node, name: str, line: int) -> nodes.Filter:
    return nodes.Filter(value, name, [nodes.Const(line)], [], None, None, lineno=line)


def _spend(context: Context, line: int) -> str:
    """Counts a step of the document that is being filled in, and gives the template's name."""
    name = context.name or ""
    context[BUDGET].spend(name, line)
    return name


@pass_context
def _rounds(context: Context, entries: Iterable[object], line: int) -> Iterator[object]:
    for entry in entries:
        _spend(context, line)
        yield entry


@pass_context
def _join(context: Context, entries: Iterable[object], line: int, between: str = "") -> str:
    name, texts = _spend(context, line), [str(entry) for entry in entries]
    refuse_too_long(sum(map(len, texts)) + len(between) * max(len(texts) - 1, 0), name, line)
    return between.join(texts)


def _counted(work: Callable[..., str | int]) -> Callable[..., str | int]:
    """A filter of one value that counts as a step."""

    @pass_context
    def counted(context: Context, value: object, line: int) -> str | int:
        _spend(context, line)
        return work(value)

    return counted
