"""The documents whose text is agreed; run as a program, this writes the golden files anew.

python -m tests.documents.goldens
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from sptool.documents.context import Folder, Material
from sptool.documents.documents import DOCUMENTS, FOLDER_DOCUMENTS
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
from tests.making import standing

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
FOLDERS: Mapping[str, tuple[str, ...]] = {
    "busy": ("reviewed", "siblings-reviewed", "nominated", "below-the-threshold"),
    "one-case": ("nominated",),
    "empty": (),
}


def folder(*names: str, today: date = LATER, training: bool = True) -> Folder:
    cases = tuple(Material(standing(CASES[name](), FRAMEWORK, today), PARTNERSHIP, training) for name in names)
    return Folder(cases, FRAMEWORK, today, PARTNERSHIP, training)


def golden_of(document: str, name: str) -> Callable[[], Rendered]:
    today = TODAY if name in ("infant", "siblings", "looked-after") else LATER
    return lambda: written(document, CASES[name](), today)


def golden_with_names(document: str) -> Callable[[], Rendered]:
    agency = "school" if DOCUMENTS[document].each_agency else None
    return lambda: written(document, siblings_reviewed(), LATER, agency=agency, people=PEOPLE)


def golden_of_folder(document: str, name: str) -> Callable[[], Rendered]:
    return lambda: render_folder(document, folder(*FOLDERS[name]))


CHOSEN: Mapping[str, Callable[[], Rendered]] = {
    "decision-letter-infant": lambda: written("decision-letter", infant()),
    "decision-letter-siblings": lambda: written("decision-letter", siblings_not_notified()),
    "decision-letter-looked-after": lambda: written("decision-letter", looked_after(), training=False),
    "scoping-request-police": lambda: written("scoping-request", infant(), agency="police"),
    "scoping-request-cnwl": lambda: written("scoping-request", infant(), agency="cnwl"),
    "scoping-request-siblings": lambda: written("scoping-request", siblings_reviewed(), agency="school"),
    "scoping-request-group": lambda: written("scoping-request", below_the_threshold(), LATER, agency="gp"),
    "need-to-know-form-blank": golden_of_folder("need-to-know-form", "empty"),
    **{f"{document}-{name}": golden_of(document, name) for document, names in GOLDEN_CASES.items() for name in names},
}


def goldens() -> Iterator[tuple[str, Callable[[], Rendered]]]:
    """What was chosen; of a document for which nothing was, the first three cases that it can be written for."""
    yield from CHOSEN.items()
    for one in DOCUMENTS.values():
        if one.identifies:
            yield f"{one.id}-identified", golden_with_names(one.id)
        if not any(name.startswith(f"{one.id}-") for name in CHOSEN):
            able = [name for name, make in CASES.items() if one.not_yet(make()) is None]
            yield from ((f"{one.id}-{name}", golden_of(one.id, name)) for name in able[:3])
    for document in FOLDER_DOCUMENTS:
        if not any(name.startswith(f"{document}-") for name in CHOSEN):
            yield from ((f"{document}-{name}", golden_of_folder(document, name)) for name in FOLDERS)


GOLDEN_DOCUMENTS: Mapping[str, Callable[[], Rendered]] = dict(goldens())

if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, make in GOLDEN_DOCUMENTS.items():
        (GOLDEN / f"{name}.md").write_bytes(make().markdown.encode())
