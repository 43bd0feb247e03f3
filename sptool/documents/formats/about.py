"""What a document's file says about itself, and the formats that there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Literal

from sptool.errors import UsageError
from sptool.framework.lists import did_you_mean

Format = Literal["md", "docx", "pdf", "html"]

FORMATS: Mapping[str, Format] = MappingProxyType({"md": "md", "docx": "docx", "pdf": "pdf", "html": "html"})
LANGUAGE = "en-GB"


@dataclass(frozen=True)
class About:
    """What a file's properties say. None of it identifies anybody.

    Args:
        reference: the case's reference; empty for a document that is not about one.
    """

    title: str
    reference: str
    partnership: str
    on: date

    @property
    def heading(self) -> str:
        """Title and reference on one line, as the foot of each page has them."""
        return f"{self.title}, {self.reference}" if self.reference else self.title

    @property
    def moment(self) -> datetime:
        """When the file says that it was made: noon on the document's date, so that the same text gives the
        same bytes."""
        return datetime.combine(self.on, time(12), UTC)


def format_named(name: str) -> Format:
    """The format with that name, such as `docx`.

    Raises:
        UsageError: there is none; with those there are.
    """
    if name in FORMATS:
        return FORMATS[name]
    raise UsageError(
        f"There is no such format.{did_you_mean(name, FORMATS)}", f"The formats are: {', '.join(FORMATS)}."
    )
