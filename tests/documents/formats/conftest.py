"""One letter, written once in every format, for the tests that look at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from sptool.documents.formats.about import FORMATS, About
from sptool.documents.formats.converting import in_format
from tests.documents.cases import infant, letter

ABOUT = About("Notification decision letter", "HSP-2026-K7QM3", "Testshire <& Partnership>", date(2026, 3, 9))


@pytest.fixture(scope="session")
def text() -> str:
    """The letter's Markdown."""
    return letter(infant())


@pytest.fixture(scope="session")
def files(text: str) -> Mapping[str, bytes]:
    """The letter in every format."""
    return {name: in_format(to, text, ABOUT) for name, to in FORMATS.items()}
