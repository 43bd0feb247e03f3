"""Whatever a value holds, each format shows exactly that text, and nothing that it names is read or fetched."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sptool.documents.formats.about import FORMATS, Format
from sptool.documents.formats.converting import in_format
from sptool.documents.literal import literal, mark
from tests.documents.formats.conftest import ABOUT
from tests.documents.formats.opening import Page, pdf_text, tidy, word_texts
from tests.documents.reading import one_line, paragraphs
from tests.documents.test_literal import anything, hostile

SAID = (
    "& < > * _ # | $ @ \\ {{ }} {% %}",
    "`tick` ``` ~~~ ~a~ ~~b~~ ^c^ [^1] [x]{.y} :::",
    "-- --- ... -1 -? 'q' \"q\" // /* */ https://x.invalid www.x.invalid",
    "![i](file:///etc/passwd) [l](http://x.invalid) <script>alert(1)</script> <!-- c -->",
    '#image("x") #read("/etc/passwd") "); #panic(" foo(bar)[baz]; let',
    "- dash\n1. one\n= equals\n/ term: x\n+ plus",
    "😀 👨\u200d👩\u200d👧 👍🏽 café Łódź Ștefan “q” \u2013 — … € £ ½ → ✓ ☐",
    "x" * 500,
)
RIGHT_TO_LEFT = ("שלום עולם", "مرحبا بالعالم")
VALUES = (*SAID, *RIGHT_TO_LEFT, "long " * 4_000)
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# What the fonts that ship have a shape for; other scripts need a font of the computer's own.
western = st.text(st.characters(max_codepoint=0x17F), min_size=1).filter(paragraphs)


def document(*values: str) -> str:
    """A document that holds each value in a paragraph, in a list and in a table's cell."""
    rows = "".join(f"| {mark(value)} | {mark(value)} |\n" for value in values)
    flowing = "\n\n".join(f"{mark(value)}\n\nBetween.\n\n- {mark(value)}\n\nBetween." for value in values)
    return literal(f"# A document\n\n{flowing}\n\n| A | B |\n|---|:--|\n{rows}\n")


def expected(*values: str) -> list[str]:
    """What a reader of that document should see, block by block."""
    flowing = [block for value in values for _ in range(2) for block in (*map(tidy, paragraphs(value)), "Between.")]
    return ["A document", *flowing, "A", "B", *(one_line(value) for value in values for _ in range(2))]


def blanks_as_read(texts: list[str]) -> list[str]:
    return ["\n".join(" ".join(line.split()) for line in text.split("\n")) for text in texts]


@pytest.fixture(scope="module")
def whole() -> str:
    return document(*VALUES)


def test_in_word(whole: str) -> None:
    assert blanks_as_read(word_texts(in_format("docx", whole, ABOUT))) == blanks_as_read(expected(*VALUES))


def test_on_a_page(whole: str) -> None:
    page = Page(in_format("html", whole, ABOUT))
    assert blanks_as_read(page.texts) == blanks_as_read(expected(*VALUES))
    assert {"script", "img", "a", "link"} & {tag for tag, _ in page.tags} == set()


def test_in_a_pdf(whole: str, tmp_path: Path) -> None:
    said = pdf_text(in_format("pdf", whole, ABOUT), tmp_path)
    for value in SAID:
        assert said.count("".join(value.split())) >= 2, value
    for value in RIGHT_TO_LEFT:
        assert all(word in said for word in value.split())
    assert said.count("long") == 4 * 4_000


def test_in_markdown(whole: str) -> None:
    assert in_format("md", whole, ABOUT) == whole.encode()


@few
@given(st.lists(anything, min_size=1, max_size=6))
def test_anything_in_word(values: list[str]) -> None:
    made = word_texts(in_format("docx", document(*values), ABOUT))
    assert blanks_as_read(made) == blanks_as_read(expected(*values))


@few
@given(st.lists(anything, min_size=1, max_size=6))
def test_anything_on_a_page(values: list[str]) -> None:
    made = Page(in_format("html", document(*values), ABOUT)).texts
    assert blanks_as_read(made) == blanks_as_read(expected(*values))


@few
@given(st.lists(hostile | western, min_size=1, max_size=6))
def test_anything_makes_a_pdf_that_conforms(values: list[str]) -> None:
    assert in_format("pdf", document(*values), ABOUT).startswith(b"%PDF")


class Counting(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)


@pytest.fixture
def website() -> Iterator[tuple[str, list[str]]]:
    """A web site of this computer, and what it was asked for."""
    Counting.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", Counting.asked
        server.shutdown()


@pytest.mark.parametrize("to", [name for name in FORMATS.values() if name != "md"])
def test_not_even_a_template_makes_anything_be_read(to: Format, website: tuple[str, list[str]], tmp_path: Path) -> None:
    """A template's own text is Markdown and may name pictures, pages and files."""
    site, asked = website
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY")
    places = (f"{site}/a.png", secret.as_uri(), str(secret))
    named = "\n\n".join(f"![Seen]({place}) <img src='{place}'> [Link]({place})" for place in places)
    blocks = f"<iframe src='{site}'></iframe>\n\n<script>fetch('{site}')</script>"
    made = in_format(to, f"# A document\n\n{named}\n\n{blocks}\n", ABOUT)
    assert asked == []
    assert b"CANARY" not in made
    if to == "docx":
        assert "Seen" in " ".join(word_texts(made))
    if to == "html":
        page = Page(made)
        assert {tag for tag, _ in page.tags} & {"img", "iframe", "script"} == set()
        assert [given["href"] for tag, given in page.tags if tag == "a"] == [f"{site}/a.png"]
