"""Where a template's text comes from: the partnership's own if it has one, else the one that ships."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from sptool.errors import Problem, UnfitFile
from sptool.framework.lists import did_you_mean
from sptool.resources import shipped

LARGEST_TEMPLATE = 200_000  # bytes; the longest that ships is about 5,000
NAME = re.compile(r"[a-z0-9_]+(-[a-z0-9]+)*\.md\.j2")
FIX = "Correct the template, or take it away to use the one that ships with sptool."


class Sources:
    """The templates that a document can be made from. Nothing else is ever read.

    Args:
        overrides: the partnership's own templates: name and content. They go before those that ship.
    """

    def __init__(self, overrides: Mapping[str, bytes]) -> None:
        self._overrides = overrides
        self._used: dict[str, str] = {}

    @property
    def overrides(self) -> frozenset[tuple[str, bytes]]:
        """The partnership's own templates: name and content."""
        return frozenset(self._overrides.items())

    @property
    def used(self) -> Mapping[str, str]:
        """The name and text of every template used so far."""
        return dict(self._used)

    def note_used(self, used: Mapping[str, str]) -> None:
        """Counts templates as used that were read before."""
        self._used.update(used)

    def text(self, name: str) -> str:
        """A template's text.

        Args:
            name: its name, such as `decision-letter.md.j2`; never a path.

        Raises:
            UnfitFile: there is no such template, or it isn't text.
        """
        content = self._content(name)
        if len(content) > LARGEST_TEMPLATE:
            raise _unfit(f"the template is larger than {LARGEST_TEMPLATE:,} bytes", name)
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise _unfit("save the template as UTF-8", name, content.count(b"\n", 0, error.start) + 1) from None
        self._used[name] = text
        return text

    def digest(self) -> str:
        """The SHA-256 of every template used so far, with its name: two documents with the same digest were
        made by the same words."""
        parts = "".join(f"{sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sorted(self._used.items()))
        return sha256(parts.encode()).hexdigest()

    def _content(self, name: str) -> bytes:
        if name in self._overrides:
            return self._overrides[name]
        if name not in shipped_names():
            raise _unfit(f"there is no such template.{did_you_mean(name, self.names())}", name)
        return shipped("templates", "documents", name).read_bytes()

    def unused(self) -> list[Problem]:
        """The partnership's templates that were never asked for, each with the nearest name that is."""
        return [
            Problem(f"no document uses this template.{did_you_mean(name, shipped_names())}", file=name)
            for name in self._overrides
            if name not in self._used
        ]

    def names(self) -> tuple[str, ...]:
        """The names of all templates there are."""
        return tuple(sorted({*shipped_names(), *self._overrides}))


def shipped_names() -> tuple[str, ...]:
    """The names of the templates that ship with the program."""
    found = (path.name for path in shipped("templates", "documents").iterdir())
    return tuple(sorted(name for name in found if NAME.fullmatch(name)))


def _unfit(what: str, name: str, line: int | None = None) -> UnfitFile:
    return UnfitFile([Problem(what, file=name, line=line)], FIX)
