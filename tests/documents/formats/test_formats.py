"""What each format has that an officer, a screen reader or another program counts on."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from sptool.documents.formats.about import FORMATS, About, format_named
from sptool.documents.formats.converting import in_format
from sptool.documents.formats.draft import as_draft, subject_of, text_of
from sptool.documents.formats.pandoc import CONVERTERS, typed
from sptool.documents.formats.word import LARGEST_LETTERHEAD, as_word, default_letterhead
from sptool.errors import UnfitFile, UsageError
from tests.documents.formats.conftest import ABOUT
from tests.documents.formats.opening import Page, part_of, pdf_text, said, word_texts

ROOT = Path(__file__).parents[3]
HEADINGS = {"1": "Our decision about your referral", "2": "The decision", "3": "Child A"}
Files = Mapping[str, bytes]


@pytest.mark.parametrize("to", FORMATS.values())
def test_the_same_text_gives_the_same_bytes(files: Files, text: str, to: str) -> None:
    assert in_format(format_named(to), text, ABOUT) == files[to]


def test_another_day_gives_other_bytes(files: Files, text: str) -> None:
    later = About(ABOUT.title, ABOUT.reference, ABOUT.partnership, ABOUT.on.replace(day=10))
    assert all(in_format(to, text, later) != files[name] for name, to in FORMATS.items() if name != "md")


def test_a_format_that_there_is_not() -> None:
    with pytest.raises(UsageError, match="no such format"):
        format_named("doc")


# --- Word ------------------------------------------------------------------------------------------------------------


def test_word_has_real_headings(files: Files) -> None:
    document = part_of(files["docx"], "word/document.xml")
    for level, heading in HEADINGS.items():
        style = re.search(rf'<w:pStyle w:val="(\w+)" ?/></w:pPr><w:r><w:t xml:space="preserve">{heading}<', document)
        assert style is not None
        assert style[1] == f"Heading{level}"


def test_word_repeats_header_rows_and_breaks_no_row(files: Files) -> None:
    document = part_of(files["docx"], "word/document.xml")
    tables = document.count("<w:tbl>")
    assert tables > 0
    assert document.count("<w:tblHeader") == tables
    assert document.count("<w:cantSplit") == len(re.findall(r"<w:tr\b", document)) > tables
    grids = re.findall(r"<w:tblGrid>(.*?)</w:tblGrid>", document)
    for grid in grids:
        assert 9300 < sum(map(int, re.findall(r'w:w="(\d+)"', grid))) <= 9354  # the letterhead's width of text


def test_word_says_what_it_is(files: Files) -> None:
    properties = part_of(files["docx"], "docProps/core.xml")
    assert "<dc:title>Notification decision letter, HSP-2026-K7QM3</dc:title>" in properties
    assert "<dc:subject>HSP-2026-K7QM3</dc:subject>" in properties
    assert "<dc:language>en-GB</dc:language>" in properties
    assert "Testshire &lt;&amp; Partnership&gt;" in properties
    assert "2026-03-09T12:00:00Z</dcterms:created>" in properties
    assert re.search(r'<w:lang [^>]*w:val="en-GB"', part_of(files["docx"], "word/styles.xml"))


def test_word_has_title_and_page_numbers_at_the_foot(files: Files) -> None:
    for number in (1, 2):
        footer = part_of(files["docx"], f"word/footer{number}.xml")
        assert ">Notification decision letter, HSP-2026-K7QM3<" in footer
        assert " PAGE " in footer
        assert " NUMPAGES " in footer


def with_part(word: bytes, name: str, content: str) -> bytes:
    """A Word file with one part replaced or added."""
    with ZipFile(BytesIO(word)) as old:
        parts = {part: old.read(part) for part in old.namelist()} | {name: content.encode()}
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as new:
        for part, body in parts.items():
            new.writestr(part, body)
    return whole.getvalue()


def test_a_partnerships_own_letterhead_is_taken(files: Files, text: str) -> None:
    header = part_of(default_letterhead(), "word/header1.xml").replace("</w:p>", "<w:r><w:t>Our logo</w:t></w:r></w:p>")
    made = as_word(text, ABOUT, with_part(default_letterhead(), "word/header1.xml", header))
    assert "Our logo" in part_of(made, "word/header1.xml")
    assert word_texts(made) == word_texts(files["docx"])
    assert "Your letterhead" not in "".join(word_texts(made))


@pytest.mark.parametrize(
    "letterhead",
    [
        b"",
        b"not a Word file",
        with_part(default_letterhead(), "word/large.bin", "0" * (LARGEST_LETTERHEAD + 1)),
        with_part(default_letterhead(), "word/styles.xml", "not XML")[:-40],
    ],
    ids=["empty", "text", "too large", "cut off"],
)
def test_an_unfit_letterhead_is_refused(letterhead: bytes, text: str) -> None:
    with pytest.raises(UnfitFile, match=r"letterhead\.docx"):
        as_word(text, ABOUT, letterhead)


def test_a_letterhead_that_pandoc_cannot_read_is_refused(text: str) -> None:
    with pytest.raises(UnfitFile) as refused:
        as_word(text, ABOUT, with_part(default_letterhead(), "word/styles.xml", "not XML"))
    assert "letterhead" in refused.value.fix


def test_libreoffice_opens_the_word_file(files: Files, tmp_path: Path) -> None:
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    said(files["docx"], tmp_path, "soffice", home, "--headless", "--convert-to", "pdf", "FILE")
    text = pdf_text((tmp_path / "document.pdf").read_bytes(), tmp_path)
    for words in word_texts(files["docx"]):
        assert "".join(words.split())[:60] in text
    assert "Page1of" in text


# --- PDF -------------------------------------------------------------------------------------------------------------


def test_the_pdf_claims_pdf_ua_which_typst_checked(files: Files) -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in files["pdf"]
    assert re.search(rb"/Lang ?\(en-GB\)", files["pdf"]) or b"<dc:language><rdf:Bag><rdf:li>en-GB" in files["pdf"]
    assert b"Notification decision letter, HSP-2026-K7QM3" in files["pdf"]


def test_poppler_finds_the_pdf_tagged_and_titled(files: Files, tmp_path: Path) -> None:
    found = said(files["pdf"], tmp_path, "pdfinfo", "FILE")
    assert re.search(r"Title: +Notification decision letter, HSP-2026-K7QM3\n", found)
    assert re.search(r"Tagged: +yes\n", found)
    assert re.search(r"JavaScript: +no\n", found)
    structure = said(files["pdf"], tmp_path, "pdfinfo", "-struct-text", "FILE")
    for tag in ("H1", "H2", "H3", "Table", "THead", "TH", "LI"):
        assert re.search(rf"^ *{tag}\b", structure, re.MULTILINE), tag


def test_the_pdf_says_what_word_says(files: Files, tmp_path: Path) -> None:
    text = pdf_text(files["pdf"], tmp_path)
    for words in word_texts(files["docx"]):
        assert "".join(words.split())[:40] in text


def test_the_pdf_has_bookmarks_and_numbered_pages(files: Files, tmp_path: Path) -> None:
    assert b"/Outlines" in files["pdf"]
    assert "Page1of2" in pdf_text(files["pdf"], tmp_path)


# --- web page --------------------------------------------------------------------------------------------------------


def test_the_page_is_one_file_that_refers_to_nothing(files: Files) -> None:
    page = Page(files["html"])
    tags = {tag for tag, _ in page.tags}
    assert tags & {"script", "link", "img", "iframe", "object", "base", "form"} == set()
    assert not any({"src", "href", "srcset"} & set(given) for _, given in page.tags)
    assert not any(name.startswith("on") for _, given in page.tags for name in given)
    style = files["html"].decode().partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style


def test_the_page_has_what_a_screen_reader_goes_by(files: Files) -> None:
    page = Page(files["html"])
    assert ("html", {"lang": "en-GB"}) in page.tags
    assert [tag for tag, _ in page.tags].count("main") == 1
    assert "<title>Notification decision letter, HSP-2026-K7QM3</title>" in files["html"].decode()
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    headings = [given for tag, given in page.tags if tag == "th"]
    assert headings
    assert all(given["scope"] == "col" for given in headings)


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as #1f3864 (WCAG 2.2)."""
    whole = "".join(sign * 2 for sign in colour[1:]) if len(colour) == 4 else colour[1:]
    parts = [int(whole[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_pages_colours_stand_out(files: Files) -> None:
    style = files["html"].decode().partition("<style>")[2]
    inks = set(re.findall(r"[{; ]color: (#[0-9a-f]{3,6})", style))
    grounds = set(re.findall(r"background: (#[0-9a-f]{3,6})", style))
    assert len(inks) >= 3
    assert len(grounds) >= 3
    for ink in inks:
        for ground in grounds:
            assert (luminance(ground) + 0.05) / (luminance(ink) + 0.05) >= 4.5, (ink, ground)


# --- e-mail draft ----------------------------------------------------------------------------------------------------


def test_a_draft_holds_the_very_file_and_names_nobody(files: Files) -> None:
    text = text_of(ABOUT, "HSP-2026-K7QM3-decision-letter.docx", "the referrer")
    made = as_draft(ABOUT, text, "HSP-2026-K7QM3-decision-letter.docx", files["docx"], "docx")
    message = message_from_bytes(made, policy=default)
    (attached,) = message.iter_attachments()
    body = message.get_body()
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == subject_of(ABOUT) == "Our reference HSP-2026-K7QM3"
    assert message["To"] is None
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == text
    assert attached.get_filename() == "HSP-2026-K7QM3-decision-letter.docx"
    assert attached.get_content() == files["docx"]
    assert as_draft(ABOUT, text, "HSP-2026-K7QM3-decision-letter.docx", files["docx"], "docx") == made


# --- without the converters ------------------------------------------------------------------------------------------

WITHOUT = """
import sys
from datetime import date
sys.modules["pypandoc"] = sys.modules["typst"] = None
from sptool.documents.formats.about import About
from sptool.documents.formats.converting import in_format
from sptool.documents.formats.pandoc import how_to_install
from sptool.errors import UsageError
about = About("Letter", "HSP-2026-K7QM3", "Testshire", date(2026, 3, 9))
for to in ("md", "docx", "pdf", "html"):
    try:
        print(to, in_format(to, "# Letter", about))
    except UsageError as error:
        print(to, how_to_install() in error.fix)
"""


def test_without_the_converters_there_is_markdown_and_word_of_what_to_install() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, check=True)
    assert done.stdout.decode().split("\n") == ["md b'# Letter'", "docx True", "pdf True", "html True", ""]


def test_what_to_install_is_what_the_extra_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert tuple(project["optional-dependencies"]["documents"]) == CONVERTERS


def test_a_command_is_quoted_for_the_shell_that_reads_it() -> None:
    assert typed("/a b/python", "x>=1", windows=False) == "'/a b/python' 'x>=1'"
    assert typed(r"C:\py\python.exe", "-m", "x>=1", windows=True) == r'C:\py\python.exe -m "x>=1"'
    assert typed(r"C:\a b\python.exe", "-m", windows=True).startswith(r'"C:\a b\python.exe" -m   (in PowerShell')
