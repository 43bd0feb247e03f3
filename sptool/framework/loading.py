"""Reads an edition's file, and says everything that is wrong with it in plain English."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sptool.errors import Problem, UnfitFile
from sptool.framework.checks import Found, cross_checks
from sptool.framework.models import Framework
from sptool.framework.wording import in_plain_words
from sptool.text.plain import Path, dotted
from sptool.text.yaml import Document, read_yaml

FIX = "Correct the file and check it again with: sptool framework check FILE"


@lru_cache(maxsize=8)
def load_framework(content: bytes, name: str, kinds: tuple[str, ...] = ()) -> Framework:
    """An edition from the bytes of its file.

    Args:
        content: the file's bytes.
        name: what messages call the file.
        kinds: the kinds of record that questions can be added to; empty to leave that open.

    Raises:
        UnfitFile: with every problem, each with its line and field.
    """
    document = read_yaml(content, name)
    if not isinstance(document.data, dict):
        raise UnfitFile([Problem("this is not a framework edition: no field is set", file=name)], FIX)
    framework, misfits = _typed(document, sha256(content).hexdigest())
    problems = _in_file_order(document, [*misfits, *cross_checks(document.data, kinds)])
    if framework is None or problems:
        raise UnfitFile(problems, FIX)
    return framework


def _typed(document: Document, digest: str) -> tuple[Framework | None, list[Found]]:
    data = document.data if isinstance(document.data, dict) else {}
    own: list[Found] = [(("sha256",), "leave this out: it is worked out from the file")] if "sha256" in data else []
    try:
        return Framework.model_validate({**data, "sha256": digest}), own
    except ValidationError as error:
        return None, [*own, *_misfits(error.errors(include_url=False))]


def _misfits(errors: list[ErrorDetails]) -> Iterator[Found]:
    for error in errors:
        yield tuple(part for part in error["loc"] if part != "[key]"), in_plain_words(error)


def _in_file_order(document: Document, found: list[Found]) -> list[Problem]:
    placed = {(document.line(path) or 0, dotted(path), what): path for path, what in found}
    return [_problem(document, path, what) for (_, _, what), path in sorted(placed.items(), key=lambda at: at[0])]


def _problem(document: Document, path: Path, what: str) -> Problem:
    return Problem(what, field=dotted(path), file=document.name, line=document.line(path))
