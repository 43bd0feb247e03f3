"""Opens documents with readers that know nothing of how they were made."""

from __future__ import annotations

import shutil
import subprocess
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

VOID = {"meta", "hr", "img", "link"}


def part_of(word: bytes, name: str) -> str:
    """A part of a Word file, as text."""
    with ZipFile(BytesIO(word)) as file:
        return file.read(name).decode()


class WordText(HTMLParser):
    """The text of each paragraph of a Word file's part."""

    def __init__(self, part: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.inside = False
        self.feed(part)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.inside = tag == "w:t"
        if tag == "w:p":
            self.texts.append("")
        if tag == "w:br":
            self.texts[-1] += "\n"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.inside = False

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def word_texts(word: bytes) -> list[str]:
    """The text of each paragraph of a Word file that has any."""
    return [text for text in WordText(part_of(word, "word/document.xml")).texts if text]


class Page(HTMLParser):
    """A web page as a browser reads it: its tags with their attributes, and the text of each block."""

    BLOCKS = ("p", "h1", "h2", "h3", "h4", "li", "td", "th", "blockquote", "main")

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[str] = [""]
        self.open: list[str] = []
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.blocks[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if "main" in self.open:
            self.blocks[-1] += data.replace("\n", " ")

    @property
    def texts(self) -> list[str]:
        """The text of each block that has any, its own line breaks only."""
        return [text for text in (tidy(block) for block in self.blocks) if text]


def tidy(text: str) -> str:
    """Text without blanks beside its line breaks."""
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def pdf_text(pdf: bytes, folder: Path) -> str:
    """What a PDF says, as poppler reads it, without any blanks; skips the test if it isn't installed."""
    return "".join(said(pdf, folder, "pdftotext", "-raw", "FILE", "-").split())


def said(content: bytes, folder: Path, program: str, *words: str) -> str:
    """What another program says of a file; skips the test if it isn't installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    file = folder / "document"
    file.write_bytes(content)
    command = [program, *(str(file) if word == "FILE" else word for word in words)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120, cwd=folder)
    return done.stdout.decode()
