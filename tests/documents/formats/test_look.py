"""What gives a document its look, told apart by one digest; and how many programs are started to make it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest

from sptool.documents.formats.about import FORMATS, Format
from sptool.documents.formats.converting import in_format, look_sha256
from sptool.documents.formats.pandoc import converted
from sptool.documents.formats.word import default_letterhead
from tests.documents.cases import infant, written
from tests.documents.formats.conftest import ABOUT
from tests.documents.formats.opening import part_of

NAME = "decision-letter.md.j2"


def other_letterhead() -> bytes:
    """The letterhead that ships, with one style changed."""
    whole = BytesIO()
    with ZipFile(BytesIO(default_letterhead())) as old, ZipFile(whole, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"1F3864", b"C00000") if name == "word/styles.xml" else content)
    return whole.getvalue()


def look(to: Format, letterhead: bytes | None = None, own: bytes = b"") -> str:
    overrides = {NAME: own} if own else {}
    return look_sha256(written("decision-letter", infant(), overrides=overrides).template_sha256, to, letterhead)


def test_each_format_has_a_look_of_its_own_and_the_same_look_the_same_digest() -> None:
    looks = {to: look(to) for to in FORMATS.values()}
    assert len(set(looks.values())) == len(FORMATS)
    assert {to: look(to) for to in FORMATS.values()} == looks
    assert looks["md"] == written("decision-letter", infant()).template_sha256


@pytest.mark.parametrize("to", FORMATS.values())
def test_other_words_are_another_look_in_every_format(to: Format) -> None:
    assert look(to, own=b"Ours\n") != look(to)


@pytest.mark.parametrize("to", FORMATS.values())
def test_another_letterhead_is_another_look_in_word_alone(to: Format) -> None:
    assert (look(to, other_letterhead()) != look(to)) == (to == "docx")


def test_the_same_look_and_the_same_text_give_the_same_bytes_and_another_look_does_not(text: str) -> None:
    assert in_format("docx", text, ABOUT, other_letterhead()) == in_format("docx", text, ABOUT, other_letterhead())
    assert in_format("docx", text, ABOUT, other_letterhead()) != in_format("docx", text, ABOUT)


# What Python reports of itself, so that nothing has to be put in the place of anything.
COUNTING = """
import json, sys
started = []
sys.addaudithook(lambda event, given: started.append(str(given[0])) if event == "subprocess.Popen" else None)
from datetime import date
from sptool.documents.formats.about import About
from sptool.documents.formats.converting import in_format
about, counts = About("A try", "HSP-2026-K7QM3", "The partnership", date(2026, 3, 9)), {}
for to in ("md", "docx", "html", "pdf"):
    started.clear()
    in_format(to, "# A try\\n\\nOnly *one*.\\n", about)
    counts[to] = list(started)
print(json.dumps(counts))
"""


def test_a_document_takes_one_start_of_each_converter_at_most() -> None:
    done = subprocess.run([sys.executable, "-c", COUNTING], capture_output=True, check=True)
    started: dict[str, list[str]] = json.loads(done.stdout)
    assert {to: len(programs) for to, programs in started.items()} == {"md": 0, "docx": 1, "html": 1, "pdf": 1}
    assert all("pandoc" in program for programs in started.values() for program in programs)


def test_word_leaves_room_below_a_list_and_keeps_what_leads_in_with_what_follows() -> None:
    made = in_format(
        "docx",
        "- one\n- two\n\nAfter it.\n\nThe reason:\n\nBecause.\n\n**Told**\n\nYes, **but** no.\n\n"
        "For each of them.\n\n| a | b |\n|---|---|\n| c | d |\n\nBelow.\n\nYours,\n\nThe team\n\n*The law.*\n",
        ABOUT,
    )
    document = part_of(made, "word/document.xml")
    properties = {text: found for found, text in re.findall(r"<w:pPr>(.*?)</w:pPr>.*?<w:t[^>]*>([^<]*)<", document)}
    assert '<w:spacing w:before="140" />' in properties["After it."]
    assert [text for text, found in properties.items() if "<w:keepNext />" in found] == [
        *("The reason:", "Told", "For each of them.", "Yours,", "The team")
    ]
    order = (
        r'<w:pStyle w:val="\w+" />(?:<w:keepNext />)?(?:<w:spacing [^>]*>)?(?:<w:numPr>.*</w:numPr>)?(?:<w:jc [^>]*>)?'
    )
    assert all(re.fullmatch(order, found) for found in properties.values())


def test_a_reference_in_a_narrow_column_of_a_pdf_has_the_room_that_it_needs() -> None:
    """Words that are strings to typst count like any others, and capitals as wide as they are."""
    table = "| Case | Commissioned on | How it stands | To be published by |\n|:--|:--|:--|:--|\n"
    row = "| HSP-2026-7RNY5 | Monday 28 September 2026 | On track | Monday 22 March 2027 |\n"
    source = converted(table + row, "typst", ABOUT).decode()
    shares = [float(share) for share in re.findall(r"([\d.]+)%", source.partition("table.header")[0])]
    assert shares[0] > 20
    assert shares[0] > shares[2]


def test_what_leads_in_to_a_table_and_the_closing_lines_stay_together_in_a_pdf() -> None:
    text = (
        "Before.\n\nFor each.\n\n| a | b |\n|---|---|\n| c | d |\n\nThe reason:\n\nSo.\n\nMore.\n\nThe team\n\nEnd.\n"
    )
    source = converted(text, "typst", ABOUT).decode()
    kept = [part.partition("\n]")[0].strip() for part in source.split("#lead[")[1:]]
    assert kept == ["For each.", "The reason:", "More.", "The team"]
