"""From a template and the facts of a document to its Markdown.

How long it takes and how much memory is bounded by what a template may say (`grammar`), how long it and its document
may be, and the facts: nothing is counted while it is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sptool.documents.expressions import FILTERS
from sptool.documents.grammar import template_problems
from sptool.documents.literal import literal, mark, without_marks
from sptool.documents.sources import FIX, Sources
from sptool.errors import Problem, UnfitFile

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_BLANK_LINES = re.compile(r"\n{3,}")  # left where an `if` was not so; what is filled in has none
_TAGS_ALONE = re.compile(r"\s*(?:\{%[^{}]*%\}\s*)+")
_TAG_LAST = re.compile(r"(?<![-+])%\}$")
MOST_ALTOGETHER = 500_000  # characters of a template with all that it includes, each time that it does
LONGEST_DOCUMENT = 2_000_000  # characters; about 800 pages
_TOO_DEEP = (RecursionError, SyntaxError, ValueError, MemoryError)  # what Python says of a template beyond all measure


def fill_in(name: str, facts: DataclassInstance, sources: Sources) -> str:
    """A document in Markdown.

    Args:
        name: the template's name, such as `decision-letter.md.j2`.
        facts: what the document says; its fields are all that the template can name.

    Raises:
        UnfitFile: the template can't be used, with every reason and its line.
    """
    given = {field.name: getattr(facts, field.name) for field in fields(facts)}
    try:
        template, problems, used = _prepared(name, type(facts), sources.overrides)
        sources.note_used(used)
        if template is None:
            raise UnfitFile(problems, FIX)
        filled = _within_limit(name, template.generate(given))
    except TemplateError as error:
        raise UnfitFile([Problem(f"this can't be filled in: {error.message}", file=name)], FIX) from None
    return _BLANK_LINES.sub("\n\n", literal(filled)).strip("\n") + "\n"


class _Prepared(NamedTuple):
    """A template ready to be filled in, or why it can't be; and the text of all that it is made of."""

    template: Template | None
    problems: tuple[Problem, ...]
    used: Mapping[str, str]


@lru_cache(maxsize=64)  # reading and checking a template takes most of the time, and a folder has many cases
def _prepared(name: str, facts: type, overrides: frozenset[tuple[str, bytes]]) -> _Prepared:
    sources = Sources(dict(overrides))
    problems = tuple(problems_of(name, facts, sources))
    template = None
    if not problems:
        try:
            template = _environment(sources).get_template(name)
            for part in sources.used:
                template.environment.get_template(part)
        except _TOO_DEEP:
            problems = (_too_deep(name),)
    return _Prepared(template, problems, sources.used)


def _too_deep(name: str) -> Problem:
    return Problem("parts are nested too deeply, or a number is too long", file=name)


def problems_of(name: str, facts: type, sources: Sources) -> list[Problem]:
    """What is wrong with a template and all that it includes: unknown names, what isn't allowed, broken syntax.

    Args:
        facts: the dataclass whose fields are the names that it can use.
    """
    read = _Reading(sources)
    try:
        return template_problems(name, read.tree, facts, sources.names())
    except UnfitFile as unfit:
        return list(unfit.problems)
    except RecursionError:
        return [_too_deep(name)]


class _Reading:
    """The templates of one document as they are read, up to what they may be altogether."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._environment = _environment(sources)
        self._trees: dict[str, nodes.Template] = {}
        self._left = MOST_ALTOGETHER

    def tree(self, name: str) -> nodes.Template:
        text = self._sources.text(name)
        self._left -= len(text)
        if self._left < 0:
            what = f"with what it includes, this template is longer than {MOST_ALTOGETHER:,} characters"
            raise UnfitFile([Problem(what, file=name)], FIX)
        if name not in self._trees:
            self._trees[name] = self._parsed(name, text)
        return self._trees[name]

    def _parsed(self, name: str, text: str) -> nodes.Template:
        try:
            return self._environment.parse(text, name)
        except TemplateSyntaxError as error:
            what = f"this can't be read as a template: {error.message}"
            raise UnfitFile([Problem(what, file=name, line=error.lineno)], FIX) from None
        except _TOO_DEEP:
            raise UnfitFile([_too_deep(name)], FIX) from None


def _environment(sources: Sources) -> ImmutableSandboxedEnvironment:
    """Jinja without files, functions or tests, which marks whatever is filled in.

    Jinja's own escaping is meant for web pages and stays off: whatever is filled in is made literal afterwards.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: _readied(sources.text(name))),
        undefined=StrictUndefined,
        finalize=mark,
        autoescape=False,
        optimized=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    environment.filters = {name: known.does for name, known in FILTERS.items()}
    return environment


def _readied(template: str) -> str:
    """A template's text with its line breaks as its author sees them.

    A line of tags alone leaves no line behind; a line of text that ends with a tag stays a line. Jinja by itself
    would join it to the next.
    """
    lines = without_marks(template).split("\n")
    return "\n".join(line if _TAGS_ALONE.fullmatch(line) else _TAG_LAST.sub("+%}", line) for line in lines)


def _within_limit(name: str, parts: Iterator[str]) -> str:
    done: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > LONGEST_DOCUMENT:
            what = f"the document would be longer than {LONGEST_DOCUMENT:,} characters"
            raise UnfitFile([Problem(what, file=name)], FIX)
        done.append(part)
    return "".join(done)
