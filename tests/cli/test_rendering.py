"""`sptool render` and `sptool letterhead`, as an officer types them."""

from __future__ import annotations

import os
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from sptool.documents.formats.word import default_letterhead
from sptool.text.yaml import read_plain
from tests.cli.cases import begun, notified
from tests.cli.running import Desk, commit_by_hand, desk, pattern

__all__ = ["desk", "pattern"]

DAY = "2026-03-05"
STARTS = {"docx": b"PK", "pdf": b"%PDF", "html": b"<!DOCTYPE html>", "md": b"> **PRACTICE"}
ASKED = {"happened_on": DAY, "requests": [{"agency": "police"}, {"agency": "cnwl"}]}


@pytest.fixture
def case(desk: Desk) -> str:
    """A case that was notified; two agencies are asked."""
    return begun(desk, "two asked", lambda: asked(desk))


def asked(desk: Desk) -> str:
    reference = notified(desk)
    desk.record("scope", reference, answers=ASKED, today=DAY)
    return reference


@pytest.fixture
def place(desk: Desk) -> Path:
    """A folder for documents."""
    folder = desk.home / "documents"
    folder.mkdir()
    return folder


def files(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_each_format_by_name_and_by_ending(desk: Desk, case: str, place: Path) -> None:
    for to, start in STARTS.items():
        desk.call("render", case, "decision-letter", "--to", to, "--out", place, today=DAY, code=0)
        desk.call("render", case, "decision-letter", "--out", place / f"named.{to}", today=DAY, code=0)
        made = (place / f"{case}-decision-letter.{to}").read_bytes()
        assert made.startswith(start)
        assert made == (place / f"named.{to}").read_bytes()
    desk.assert_sound()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("decision-letter", "--to", "doc"), "no such format"),
        (("decision-letter", "--to", "docx", "--out", "-"), "can't be shown on the screen"),
        (("decision-letter", "--email", "--out", "-"), "can't be shown on the screen"),
        (("scoping-request", "--out", "../one.docx"), "There are several documents"),
        (("scoping-request", "--to", "md", "--record", "--sent-to", "Each"), "There are several documents"),
        (("decision-letter", "--record"), "to whom it was sent"),
        (("decision-letter", "--due"), "Say which document"),
        ((), "Say which document"),
    ],
    ids=lambda value: "_".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_leaves_nothing(desk: Desk, case: str, words: tuple[str, ...], says: str) -> None:
    before, beside = desk.state(), files(desk.folder.parent)
    refused = desk.call("render", case, *words, today=DAY, code=2)
    assert says in refused.err
    assert desk.state() == before
    assert files(desk.folder.parent) == beside


def test_one_for_each_agency_with_progress_and_none_over_what_is_there(desk: Desk, case: str, place: Path) -> None:
    (place / f"{case}-scoping-request-cnwl.md").write_text("Mine.")
    words = ("render", case, "scoping-request", "--out", place)
    refused = desk.call(*words, today=DAY, code=2)
    assert "already a file with that name" in refused.err
    assert files(place) == [f"{case}-scoping-request-cnwl.md"]
    assert (place / f"{case}-scoping-request-cnwl.md").read_text() == "Mine."
    done = desk.call(*words, "--to", "docx", today=DAY, code=0)
    assert "1 of 2: Scoping and information request" in done.err
    assert "1 of 2" not in done.out
    assert len(files(place)) == 5  # two requests, two return forms, and what was there


def test_the_form_that_went_with_the_letter_is_the_same_beside_the_pdf(desk: Desk, case: str, place: Path) -> None:
    words = ("render", case, "scoping-request", "--agency", "cnwl", "--out", place)
    desk.call(*words, "--to", "docx", today=DAY, code=0)
    form = place / f"{case}-return-form-cnwl.docx"
    assert f"There already, the same: {form}" in desk.call(*words, "--to", "pdf", today=DAY, code=0).err
    form.write_bytes(b"Filled in.")
    for made in place.glob("*.pdf"):
        made.unlink()
    before = files(place)
    refused = desk.call(*words, "--to", "pdf", today=DAY, code=2)
    assert f"already a file with that name: {form}" in refused.err
    assert (files(place), form.read_bytes()) == (before, b"Filled in.")


def test_what_is_due(desk: Desk, case: str, place: Path) -> None:
    desk.call("render", case, "--due", "--out", place, today=DAY, code=0)
    names = files(place)
    assert f"{case}-decision-letter.md" in names
    assert f"{case}-scoping-request-police.md" in names


def test_a_closed_case_calls_for_no_document(desk: Desk, case: str, place: Path) -> None:
    closing = {"happened_on": DAY, "reason": "review-complete", "open_duties": "None matters now."}
    desk.record("close", case, answers=closing, today=DAY)
    done = desk.call("render", case, "--due", "--out", place, today=DAY, code=0)
    assert "No document is called for" in done.err
    assert files(place) == []


@pytest.mark.parametrize("to", ["docx", "pdf"])
def test_what_was_sent_is_kept_byte_by_byte(desk: Desk, case: str, place: Path, to: str) -> None:
    sent = ("--record", "--sent-to", "Designated safeguarding lead")
    desk.call("render", case, "decision-letter", "--to", to, "--out", place, *sent, today=DAY, code=0)
    (written,) = place.iterdir()
    record = read_plain(desk.newest().encode(), "record")
    assert isinstance(record, dict)
    assert (record["format"], record["sha256"]) == (to, sha256(written.read_bytes()).hexdigest())
    name = f"refs/particulars/{case}:{record['id']}/document-1.{to}"
    kept = subprocess.run(["git", "show", name], cwd=desk.folder, capture_output=True, check=True).stdout
    assert kept.partition(b"\n")[2] == written.read_bytes()
    desk.assert_sound()


def test_an_email_draft_and_its_words_beside_it(desk: Desk, case: str, place: Path) -> None:
    desk.call("render", case, "decision-letter", "--to", "docx", "--email", "--out", place, today=DAY, code=0)
    stem = f"{case}-decision-letter"
    assert files(place) == [f"{stem}.docx", f"{stem}.eml", f"{stem}.txt"]
    message = message_from_bytes((place / f"{stem}.eml").read_bytes(), policy=default)
    (attached,) = message.iter_attachments()
    assert attached.get_content() == (place / f"{stem}.docx").read_bytes()
    assert message["Subject"] == f"Our reference {case}"
    assert (place / f"{stem}.txt").read_text("utf-8").startswith(f"Subject: Our reference {case}\n")


def test_a_document_about_no_one_case(desk: Desk, case: str, place: Path) -> None:
    desk.call("render", "forum-report", "--to", "html", "--out", place, today=DAY, code=0)
    assert files(place) == [f"forum-report-{DAY}.html"]
    refused = desk.call("render", "forum-report", "--record", "--sent-to", "The forum", today=DAY, code=2)
    assert "Only a document of a case" in refused.err
    assert case not in (place / f"forum-report-{DAY}.html").read_text("utf-8")


def test_the_letterhead_is_written_out_and_ones_own_is_used(desk: Desk, case: str, place: Path) -> None:
    own = place / "letterhead.docx"
    desk.call("letterhead", "--out", own, code=0)
    assert own.read_bytes() == default_letterhead()
    assert "already a file with that name" in desk.call("letterhead", "--out", own, code=2).err
    commit_by_hand(desk, "framework/templates/letterhead.docx", _with_logo(own.read_bytes()))
    desk.call("render", case, "decision-letter", "--out", place / "letter.docx", today=DAY, code=0)
    with ZipFile(place / "letter.docx") as made:
        assert b"Our logo" in made.read("word/header1.xml")


def test_an_unfit_letterhead_leaves_nothing(desk: Desk, case: str, place: Path) -> None:
    commit_by_hand(desk, "framework/templates/letterhead.docx", b"No Word file")
    before = desk.state()
    refused = desk.call("render", case, "decision-letter", "--to", "docx", "--out", place, today=DAY, code=3)
    assert "not a Word document" in refused.err
    assert (files(place), desk.state()) == ([], before)


WITHOUT = """
import sys
sys.modules["pypandoc"] = sys.modules["typst"] = None
from sptool.cli.main import run
run()
"""


def without_converters(desk: Desk, *words: str) -> subprocess.CompletedProcess[str]:
    """sptool on a computer on which only its core is installed."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *words],
        env={**desk.environment(DAY), "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=desk.folder,
        capture_output=True,
        text=True,
        check=False,
    )


def command_in(said: str) -> str:
    """The command that a message gives to install the converters; it never names sptool, which is on no index."""
    (command,) = [line for line in said.splitlines() if " pip install " in line]
    assert "sptool" not in command.replace(sys.prefix, "")
    assert "sptool itself is not on any public package index" in said
    return command.strip()


def test_what_to_install_works_as_it_is_typed_and_takes_no_program_from_the_folder(desk: Desk, case: str) -> None:
    refused = without_converters(desk, "render", case, "decision-letter", "--to", "pdf", "--out", str(desk.answers))
    (desk.folder / "pip.py").write_text("open('taken', 'w')", "utf-8")
    shell = ("cmd", "/c") if os.name == "nt" else ("sh", "-c")
    done = subprocess.run(
        [*shell, command_in(refused.stderr)],
        cwd=desk.folder,
        env={**desk.environment(), "PIP_NO_INDEX": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"typst" in done.stdout
    assert {path.name for path in desk.folder.iterdir()} & {"taken", "=0.14", "=1.15"} == set()


def test_without_converters_a_form_is_not_read_and_can_be_kept(desk: Desk, case: str, place: Path) -> None:
    words = ("render", case, "scoping-request", "--agency", "cnwl", "--to", "docx", "--out", place)
    desk.call(*words, today=DAY, code=0)
    before = desk.state()
    form = place / f"{case}-return-form-cnwl.docx"
    refused = without_converters(desk, "agency-return", case, "--from", str(form), "--no-input")
    assert refused.returncode == 2
    assert command_in(refused.stderr)
    assert f"sptool agency-return {case} AGENCY --file FORM" in refused.stderr
    assert "--to md" not in refused.stderr
    assert desk.state() == before


def test_without_converters_markdown_is_written_and_word_says_what_to_install(
    desk: Desk, case: str, place: Path
) -> None:
    def render(to: str) -> subprocess.CompletedProcess[str]:
        return without_converters(desk, "render", case, "decision-letter", "--to", to, "--out", str(place))

    refused = render("pdf")
    assert (refused.returncode, files(place)) == (2, [])
    assert command_in(refused.stderr)
    assert render("md").returncode == 0
    assert files(place) == [f"{case}-decision-letter.md"]


def _with_logo(word: bytes) -> bytes:
    whole = BytesIO()
    with ZipFile(BytesIO(word)) as old, ZipFile(whole, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/header1.xml":
                content = content.replace(b"</w:p>", b"<w:r><w:t>Our logo</w:t></w:r></w:p>")
            new.writestr(name, content)
    return whole.getvalue()
