"""A document as a web page: one file, without scripts, that refers to nothing outside itself."""

from __future__ import annotations

import re
from html import escape
from string import Template

from sptool.documents.formats.about import About
from sptool.documents.formats.pandoc import converted
from sptool.resources import shipped

# Whatever a value holds, pandoc writes its angle brackets as entities: only its own tags are found here.
_HEADING_CELL = re.compile(r"<th(?=[ >])")


def as_page(markdown: str, about: About) -> bytes:
    """A document as a web page.

    Raises:
        UsageError, UnfitFile: as `converted` has them.
    """
    body = converted(markdown, "html5", about).decode()
    page = Template(_style("page.html")).substitute(
        body=_HEADING_CELL.sub('<th scope="col"', body),
        style=_style("page.css"),
        title=escape(about.heading),
        partnership=escape(about.partnership),
        on=about.on.isoformat(),
    )
    return page.replace("\r\n", "\n").encode()


def _style(name: str) -> str:
    return shipped("templates", "documents", "style", name).read_text(encoding="utf-8")
