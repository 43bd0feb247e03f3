"""A file from outside is opened without harm: what is no form is refused in plain words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sptool.documents.returning import opening
from sptool.documents.returning.opening import is_word_like
from sptool.documents.returning.reading import contents_of
from sptool.errors import UnfitFile
from tests.documents.returning.filling import MAIN, as_word, parts_of

BODY = b'<w:document xmlns:w="w"><w:body>%s</w:body></w:document>'
LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + BODY % b"&b;"
OUTSIDE = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + BODY % b"&a;"


def packed(*names: str, how: int = ZIP_DEFLATED) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w", how) as file:
        for name in names:
            file.writestr(name, BODY % b"")
    return whole.getvalue()


def bomb() -> bytes:
    return as_word({MAIN: BODY % (b" " * (opening.LARGEST_TEXT + 1))})


def deep() -> bytes:
    return as_word({MAIN: BODY % (b"<w:p>" * 5_000 + b"</w:p>" * 5_000)})


NO_FORMS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a PDF": (lambda: b"%PDF-1.7 something", "PDF"),
    "an old Word document": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word document"),
    "rich text": (lambda: b"{\\rtf1 something}", "rich text"),
    "a text": (lambda: b"Dear colleague", "not a Word document"),
    "nothing": (lambda: b"", "not a Word document"),
    "OpenDocument": (lambda: packed("mimetype", "content.xml"), "OpenDocument"),
    "a spreadsheet": (lambda: packed("xl/workbook.xml"), "not a Word document"),
    "half a file": (lambda: packed(MAIN)[:80], "not a Word document"),
    "broken markup": (lambda: as_word({MAIN: b"<w:document"}), "damaged"),
    "entities": (lambda: as_word({MAIN: LAUGHS}), "definitions"),
    "an outside entity": (lambda: as_word({MAIN: OUTSIDE}), "definitions"),
    "a bomb": (bomb, "unpacks to far more"),
    "a tower": (deep, "far more than a form"),
    "many parts": (lambda: packed(MAIN, *(f"word/{n}.xml" for n in range(opening.MOST_PARTS))), "far more"),
    "odd packing": (lambda: packed(MAIN, how=ZIP_BZIP2), "no word processor"),
    "something huge": (lambda: b"PK" + b"\0" * opening.LARGEST_FILE, "larger than 50 MB"),
}


@pytest.mark.parametrize("name", NO_FORMS)
def test_what_is_no_form_is_refused_in_plain_words(name: str) -> None:
    make, says = NO_FORMS[name]
    with pytest.raises(UnfitFile) as refused:
        contents_of(make())
    assert says in refused.value.message
    assert refused.value.fix


def test_what_a_zip_file_says_of_its_sizes_is_not_believed() -> None:
    honest = bomb()
    place = honest.rindex(b"PK\x01\x02") + 24
    lying = honest[:place] + (100).to_bytes(4, "little") + honest[place + 4 :]
    with pytest.raises(UnfitFile):
        contents_of(lying)


@given(
    places=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12),
    cut=st.integers(0, 5),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_form_is_read_or_refused(blank: bytes, places: list[tuple[int, int]], cut: int) -> None:
    content = bytearray(blank)
    for place, value in places:
        # Most of what a zip reader trips over stands at its end.
        content[-1 - place % (2_000 if place % 2 else len(content))] = value
    with suppress(UnfitFile):
        assert contents_of(bytes(content[: len(content) - cut * 7])).blocks is not None


def test_yaml_is_told_from_a_document(blank: bytes) -> None:
    assert is_word_like(blank)
    assert is_word_like(b"%PDF-1.7")
    assert not is_word_like(b"happened_on: 2026-03-09\n")


def test_a_form_under_another_name_for_its_text_is_read(blank: bytes) -> None:
    parts = parts_of(blank)
    other = {("word/document2.xml" if name == MAIN else name): content for name, content in parts.items()}
    assert contents_of(as_word(other)).text == contents_of(blank).text
