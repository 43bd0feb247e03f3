"""Tries a partnership's own templates: each is read with care, then filled in for every case that it could meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sptool.documents.context import Folder, Material
from sptool.documents.documents import DOCUMENTS, FOLDER_DOCUMENTS
from sptool.documents.kinds import Document
from sptool.documents.rendering import Rendered, override_problems, render, render_folder
from sptool.documents.sources import NAME
from sptool.errors import Problem, UnfitFile
from sptool.records.particulars import Person

_STRANGE = "this is neither a template nor the letterhead. A template's name is like decision-letter.md.j2"


@dataclass(frozen=True)
class ReadThrough:
    """A partnership's templates as they read, before any is filled in.

    Args:
        problems: what is wrong, each with its template and line.
        sound: those without a problem: name and content.
    """

    problems: tuple[Problem, ...]
    sound: Mapping[str, bytes]


@dataclass(frozen=True)
class Tried:
    """What came of filling templates in.

    Args:
        problems: what is wrong, each with its template and line.
        documents: how many documents were written with them.
    """

    problems: tuple[Problem, ...] = ()
    documents: int = 0


def read_through(overrides: Mapping[str, bytes]) -> ReadThrough:
    """Reads a partnership's own templates, and all that the documents make of them.

    Args:
        overrides: their names and contents, without the letterhead.
    """
    strange = [Problem(_STRANGE, file=name) for name in overrides if not NAME.fullmatch(name)]
    templates = {name: content for name, content in overrides.items() if NAME.fullmatch(name)}
    problems = (*strange, *override_problems(templates))
    broken = {problem.file for problem in problems}
    return ReadThrough(problems, {name: text for name, text in templates.items() if name not in broken})


def tried(templates: Mapping[str, bytes], folder: Folder) -> Tried:
    """Fills templates in for each case of a folder, with and without names.

    Args:
        folder: made-up cases of every kind.
    """
    made = list(_all_made(templates, folder))
    return Tried(tuple(dict.fromkeys(problem for problems in made for problem in problems)), len(made))


def _all_made(overrides: Mapping[str, bytes], folder: Folder) -> Iterator[tuple[Problem, ...]]:
    """What is wrong with each document in turn; mostly nothing."""
    for document in FOLDER_DOCUMENTS:
        yield _problems(partial(render_folder, document, folder, overrides))
    for material in folder.cases:
        for kind in DOCUMENTS.values():
            if kind.not_yet(material.case) is None:
                yield from _of_case(kind, material, overrides)


def _of_case(kind: Document, material: Material, overrides: Mapping[str, bytes]) -> Iterator[tuple[Problem, ...]]:
    agencies: tuple[str | None, ...] = kind.agencies(material.case) or (None,)
    for agency in agencies:
        for people in ((), _made_up(material)) if kind.identifies else ((),):
            yield _problems(partial(_render, kind.id, material, overrides, agency, people))


def _render(
    document: str, material: Material, overrides: Mapping[str, bytes], agency: str | None, people: Sequence[Person]
) -> Rendered:
    return render(
        document,
        material.case,
        material.framework,
        today=material.today,
        partnership=material.partnership,
        training=material.training,
        overrides=overrides,
        agency=agency,
        calendar_for=material.standing.calendar_for,
        people=people,
    )


def _made_up(material: Material) -> tuple[Person, ...]:
    """Somebody for each child, so that a copy with names is tried too."""
    return tuple(Person(id=child.id, role="child", name="Somebody Invented") for child in material.case.children)


def _problems(write: Callable[[], Rendered]) -> tuple[Problem, ...]:
    try:
        write()
    except UnfitFile as unfit:
        return unfit.problems
    return ()
