"""The documents whose text is agreed; run as a program, this writes the golden files anew.

python -m tests.documents.goldens
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from sptool.documents.context import Folder, Material
from sptool.documents.rendering import Rendered, render_folder
from tests.documents.cases import (
    FRAMEWORK,
    PARTNERSHIP,
    PEOPLE,
    TODAY,
    infant,
    looked_after,
    siblings_not_notified,
    written,
)
from tests.documents.journeys import CASES, below_the_threshold, siblings_reviewed

GOLDEN = Path(__file__).parent / "golden"
LATER = date(2026, 7, 1)
GOLDEN_CASES: Mapping[str, tuple[str, ...]] = {
    "need-to-know": ("infant", "siblings", "looked-after", "siblings-reviewed"),
    "notification-sheet": ("infant", "looked-after", "siblings-reviewed"),
    "rapid-review-agenda": ("infant", "siblings-reviewed", "family-of-the-dead"),
    "rapid-review-report": ("reviewed", "siblings-reviewed", "family-of-the-dead"),
    "local-review-decision": ("reviewed", "siblings-reviewed", "under-review"),
    "family-letter": ("infant", "reviewed", "siblings-reviewed", "family-of-the-dead"),
    "leadership-briefing": ("reviewed", "siblings-reviewed", "family-of-the-dead"),
    "terms-of-reference": ("nominated", "below-the-threshold", "under-review"),
    "action-plan": ("reviewed", "siblings-reviewed", "nominated"),
    "seven-minute-briefing": ("reviewed", "siblings-reviewed", "nominated"),
    "case-history": ("infant", "reviewed", "under-review"),
}
IDENTIFIED = ("scoping-request", "notification-sheet", "rapid-review-agenda", "rapid-review-report", "family-letter")
FOLDERS: Mapping[str, tuple[str, ...]] = {
    "busy": ("reviewed", "siblings-reviewed", "nominated", "below-the-threshold"),
    "one-case": ("nominated",),
    "empty": (),
}


def folder(*names: str, today: date = LATER, training: bool = True) -> Folder:
    cases = tuple(Material(CASES[name](), FRAMEWORK, today, PARTNERSHIP, training) for name in names)
    return Folder(cases, FRAMEWORK, today, PARTNERSHIP, training)


def golden_of(document: str, name: str) -> Callable[[], Rendered]:
    today = TODAY if name in ("infant", "siblings", "looked-after") else LATER
    return lambda: written(document, CASES[name](), today)


def golden_with_names(document: str) -> Callable[[], Rendered]:
    agency = "school" if document == "scoping-request" else None
    return lambda: written(document, siblings_reviewed(), LATER, agency=agency, people=PEOPLE)


def golden_of_folder(document: str, name: str) -> Callable[[], Rendered]:
    return lambda: render_folder(document, folder(*FOLDERS[name]))


GOLDEN_DOCUMENTS: Mapping[str, Callable[[], Rendered]] = {
    "decision-letter-infant": lambda: written("decision-letter", infant()),
    "decision-letter-siblings": lambda: written("decision-letter", siblings_not_notified()),
    "decision-letter-looked-after": lambda: written("decision-letter", looked_after(), training=False),
    "scoping-request-police": lambda: written("scoping-request", infant(), agency="police"),
    "scoping-request-cnwl": lambda: written("scoping-request", infant(), agency="cnwl"),
    "scoping-request-siblings": lambda: written("scoping-request", siblings_reviewed(), agency="school"),
    "scoping-request-group": lambda: written("scoping-request", below_the_threshold(), LATER, agency="gp"),
    **{f"{document}-identified": golden_with_names(document) for document in IDENTIFIED},
    "need-to-know-form-blank": golden_of_folder("need-to-know-form", "empty"),
    **{f"{document}-{name}": golden_of(document, name) for document, names in GOLDEN_CASES.items() for name in names},
    **{f"forum-report-{name}": golden_of_folder("forum-report", name) for name in FOLDERS},
}

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, make in GOLDEN_DOCUMENTS.items():
        (GOLDEN / f"{name}.md").write_bytes(make().markdown.encode())
