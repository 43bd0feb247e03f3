"""Every letter gets out, whatever the computer's code page: whole into files, spelled out where a terminal lacks it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from sptool.cli.editor import as_text
from tests.cli.cases import referred
from tests.cli.running import MONDAY, Desk, Ran, desk, pattern
from tests.cli.troubled import case, plain, posix_only

__all__ = ["case", "desk", "pattern"]

TOWN = "Łódź"
TEXT = f"The family moved here from {TOWN} \N{EM DASH} 家族 😀."
CODE_PAGES = ("cp1252", "ascii", "latin-1:strict", "utf-16")


@pytest.fixture
def told(desk: Desk) -> str:
    """A case with letters that no single code page has."""
    return referred(desk, summary=TEXT)


SAID = (
    ("search", TOWN, "--json"),
    ("search", TOWN),
    ("show", "REF", "--json"),
    ("show", "REF"),
    ("show", "REF", "--record", "ID"),
    ("show", "REF", "--record", "ID", "--json"),
    ("render", "REF", "need-to-know", "--out", "-"),
)
USUAL: dict[tuple[str, ...], Ran] = {}
"""What each says where nothing is set up; it is asked once, since every test begins with the same case."""


def _elsewhere(desk: Desk, page: str) -> dict[str, str]:
    return {**desk.environment(), "PYTHONIOENCODING": page}


@pytest.mark.parametrize("page", CODE_PAGES)
@pytest.mark.parametrize("words", SAID, ids=range(len(SAID)))
def test_what_goes_into_a_file_is_utf_8(desk: Desk, told: str, words: tuple[str, ...], page: str) -> None:
    typed = tuple({"REF": told, "ID": desk.newest_id()}.get(word, word) for word in words)
    if typed not in USUAL:
        USUAL[typed] = desk.run(*typed)
    assert desk.run(*typed, env=_elsewhere(desk, page)) == USUAL[typed]
    assert USUAL[typed].code == 0
    assert TOWN in USUAL[typed].out.replace("[", "").replace("]", "")


@pytest.mark.parametrize("page", CODE_PAGES)
def test_messages_too(desk: Desk, told: str, page: str) -> None:
    answers = desk.file(f"text: {TEXT}\n".encode("utf-16"))
    ran = desk.run("note", told, "--from", answers, env=_elsewhere(desk, page))
    plain(ran, 3, "saved as UTF-16 (“Unicode” in some editors)")


def test_a_form_that_went_into_a_file_comes_back(desk: Desk, case: str, tmp_path: Path) -> None:
    form = desk.run("form", "note", case, env=_elsewhere(desk, "cp1252")).out
    filled = form.replace("happened_on:", f"happened_on: {MONDAY}").replace("text: |", f"text: |\n  {TEXT}", 1)
    place = tmp_path / "form.yaml"
    for content in (filled.encode(), filled.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + filled.encode()):
        place.write_bytes(content)
        desk.call("note", case, "--from", place, code=0)
        assert TEXT in desk.newest()


def _at_a_terminal(desk: Desk, page: str, *words: str) -> tuple[str, int]:
    """What a terminal of that code page is sent, and the exit code."""
    pexpect = pytest.importorskip("pexpect", reason="there is no pseudo-terminal here")
    environment = {**_elsewhere(desk, page), "TERM": "xterm", "COLUMNS": "200"}
    command = [sys.executable, "-m", "sptool", *words]
    child = pexpect.spawn(
        command[0], command[1:], cwd=str(desk.folder), env=environment, dimensions=(60, 200), timeout=60
    )
    sent = child.read().decode(page).replace("\r\n", "\n")
    child.close()
    return sent, child.exitstatus


@posix_only
@pytest.mark.parametrize("page", ["cp1252", "ascii"])
def test_a_terminal_without_the_letter_shows_it_spelled_out(desk: Desk, told: str, page: str) -> None:
    sent, code = _at_a_terminal(desk, page, "show", told, "--record", desk.newest_id())
    assert code == 0, sent
    assert r"\u0141" in sent
    assert "from ?" not in sent


@posix_only
@pytest.mark.parametrize("page", ["cp1252", "ascii"])
def test_json_stays_json_at_such_a_terminal(desk: Desk, told: str, page: str) -> None:
    sent, code = _at_a_terminal(desk, page, "search", TOWN, "--json")
    assert code == 0, sent
    (hit,) = json.loads(sent[sent.index("[") :])
    assert f"[{TOWN}]" in hit["text"]


@posix_only
def test_a_terminal_with_the_letters_shows_them(desk: Desk, told: str) -> None:
    sent, code = _at_a_terminal(desk, "utf-8", "show", told, "--record", desk.newest_id())
    assert code == 0
    assert TEXT in sent


# --- and in -------------------------------------------------------------------------------------------------

NOT_TEXT = os.fsdecode(b"caf\xe9")


@posix_only
def test_a_letter_that_can_not_be_read_is_no_fault(desk: Desk, case: str) -> None:
    before = desk.state()
    plain(desk.run("search", NOT_TEXT), 2, "holds a letter that can't be read here")
    plain(desk.run("officer", "add", "--name", NOT_TEXT, "--email", "two@testshire.invalid"), 2, "name: ")
    plain(
        desk.run("officer", "add", "--name", "x" * 400, "--email", "two@testshire.invalid"), 2, "name: this is too long"
    )
    assert desk.state() == before


@pytest.mark.parametrize("saved", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_an_editor_saves_is_read(saved: str) -> None:
    text = "Café \N{EM DASH} “Ørsted”.\nSecond line."
    assert as_text(text.encode(saved)) == text


@posix_only
def test_a_letter_that_would_be_lost_is_asked_for_again(desk: Desk) -> None:
    pexpect = pytest.importorskip("pexpect", reason="there is no pseudo-terminal here")
    own = {**desk.environment(), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "PYTHONIOENCODING": "utf-8"}
    child = pexpect.spawn(
        sys.executable, ["-m", "sptool", "new-referral"], cwd=str(desk.folder), env=own, dimensions=(50, 80), timeout=60
    )
    for asked, keys in (("at risk now?", b"\x1b[B\r"), ("Who called?", b"\r"), ("in one line", b"Caf\xe9\r")):
        child.expect_exact(asked)
        child.send(keys)
    child.expect_exact("a letter that can't be read here")
    child.send(b"\x03")
    child.expect_exact("Nothing was recorded")
    child.close()
