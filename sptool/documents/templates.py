"""From a template and the facts of a document to its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sptool.documents.expressions import FILTERS
from sptool.documents.literal import literal, mark, without_marks
from sptool.documents.names import template_problems
from sptool.documents.sources import FIX, Sources
from sptool.errors import Problem, UnfitFile

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_BLANK_LINES = re.compile(r"\n{3,}")  # left where an `if` was not so; what is filled in has none
_TAGS_ALONE = re.compile(r"\s*(?:\{%[^{}]*%\}\s*)+")
_TAG_LAST = re.compile(r"(?<![-+])%\}$")
LONGEST_DOCUMENT = 2_000_000  # characters; about 800 pages


def fill_in(name: str, facts: DataclassInstance, sources: Sources) -> str:
    """A document in Markdown.

    Args:
        name: the template's name, such as `decision-letter.md.j2`.
        facts: what the document says; its fields are all that the template can name.
        sources: where templates come from.

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
    template = None if problems else _environment(sources).get_template(name)
    return _Prepared(template, problems, sources.used)


def problems_of(name: str, facts: type, sources: Sources) -> list[Problem]:
    """What is wrong with a template and all that it includes: unknown names, what isn't allowed, broken syntax.

    Args:
        name: the template's name.
        facts: the dataclass whose fields are the names that it can use.
        sources: where templates come from.
    """
    environment = _environment(sources)

    def tree(part: str) -> nodes.Template:
        try:
            return environment.parse(sources.text(part), part)
        except TemplateSyntaxError as error:
            what = f"this can't be read as a template: {error.message}"
            raise UnfitFile([Problem(what, file=part, line=error.lineno)], FIX) from None

    try:
        return template_problems(name, tree, facts)
    except UnfitFile as unfit:
        return list(unfit.problems)


def _environment(sources: Sources) -> ImmutableSandboxedEnvironment:
    """Jinja without files, functions or tests, which marks whatever is filled in.

    Jinja's own escaping is meant for web pages and stays off: whatever is filled in is made literal afterwards.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: _readied(sources.text(name))),
        undefined=StrictUndefined,
        finalize=mark,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
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
