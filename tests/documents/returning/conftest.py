"""The blank return form of one fictional request, in Word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from sptool.documents.context import Material
from sptool.documents.returning.blank import Row, blank_form, rows_of
from sptool.documents.returning.reading import contents_of
from sptool.documents.returning.understanding import Understanding, understand
from sptool.framework.models import Framework
from sptool.text.dates import written_day
from sptool.workflow.state import requests
from tests.documents.cases import FRAMEWORK, PARTNERSHIP, TODAY, infant
from tests.making import standing

OWN = {
    "questions": {
        "agency-return": [
            {"id": "early-help", "ask": "Was early help in place?", "type": "yes-no"},
            {"id": "reached-by", "ask": "How was it offered?", "type": "choice", "choices": ["At home", "At school"]},
            {"id": "since", "ask": "Since when?", "type": "date"},
            {"id": "else", "ask": "Anything else?", "type": "text", "hint": "In your own words."},
        ]
    }
}
EDITION = Framework.model_validate({**FRAMEWORK.model_dump(by_alias=True, mode="json"), **OWN})
ROWS: Mapping[str, Row] = rows_of(EDITION)


def read_day(text: str) -> date:
    return written_day(text, date(2026, 3, 9))


def read_back(form: bytes, blank: bytes) -> Understanding:
    """A form as it is understood."""
    return understand(contents_of(form), contents_of(blank), ROWS, read_day)


def material() -> Material:
    return Material(standing(infant(), EDITION, TODAY), PARTNERSHIP, True, "police")


REQUEST = next(one.key for one in requests(infant()) if one.agency == "police")


@pytest.fixture(scope="session")
def blank() -> bytes:
    """The blank form for the police."""
    return blank_form(material(), REQUEST, "docx")
