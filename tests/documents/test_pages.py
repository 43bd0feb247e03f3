"""The documents as web pages: self-contained, without scripts, and open to everybody (WCAG 2.2 AA, by axe-core)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from sptool.documents.formats.about import About
from sptool.documents.formats.converting import as_page
from tests.documents.browsing import axe, browser, looked_at
from tests.documents.cases import PARTNERSHIP, TODAY
from tests.documents.goldens import GOLDEN_DOCUMENTS

needs_a_browser = pytest.mark.skipif(
    browser() is None or axe() is None, reason="needs chromium and axe-playwright-python, which .ci/run installs"
)
SPOILT = (
    ('<html lang="en-GB">', "<html>", "html-has-lang"),
    ("color: #1a1a1a", "color: #ccc", "color-contrast"),
    ("<h1>", '<h1><img src="x">', "image-alt"),
)


@cache
def pages() -> Mapping[str, str]:
    """Every golden document as a web page."""
    return {name: _page(name, make().markdown) for name, make in GOLDEN_DOCUMENTS.items()}


def _page(name: str, markdown: str) -> str:
    return as_page(markdown, About(name, "HSP-2026-K7QM3", PARTNERSHIP, TODAY)).decode()


@needs_a_browser
def test_no_page_shuts_anybody_out(tmp_path: Path) -> None:
    assert looked_at(pages(), tmp_path) == {name: [] for name in pages()}


@needs_a_browser
def test_what_would_shut_people_out_is_found(tmp_path: Path) -> None:
    sound = pages()["decision-letter-infant"]
    spoilt = {rule: sound.replace(good, bad, 1) for good, bad, rule in SPOILT}
    assert all(page != sound for page in spoilt.values())
    found = looked_at(spoilt, tmp_path)
    assert {rule: [one.partition(":")[0] for one in wrong] for rule, wrong in found.items()} == {
        rule: [rule] for rule in spoilt
    }


@pytest.mark.parametrize("name", GOLDEN_DOCUMENTS)
def test_a_page_has_no_script_and_refers_to_nothing_outside_itself(name: str) -> None:
    page = pages()[name]
    assert "default-src 'none'" in page
    assert not re.search(r"<(?:script|iframe|object|embed|link|img|form|base)\b|\bon\w+=|url\(|@import", page)
    assert not re.search(r'\b(?:src|href|action)="(?!#)', page)
    assert page.count("<h1") == page.count("<main>") == 1
