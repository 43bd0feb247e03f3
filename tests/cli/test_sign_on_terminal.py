"""Signing on at a real terminal: a key is made and protected, and no step ever asks for a passphrase."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import pattern
from tests.signing import ADDRESS, NOTE, SigningDesk, agent_at, desk, needs_openssh

if TYPE_CHECKING:
    import pexpect
else:
    pexpect = pytest.importorskip("pexpect", reason="there is no pseudo-terminal here")

__all__ = ["desk", "pattern"]

pytestmark = needs_openssh
ENTER = "\r"
WORDS = "made-up-words"


def at_terminal(desk: SigningDesk, *words: str) -> pexpect.spawn[str]:
    """sptool in a terminal."""
    own = {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    return pexpect.spawn(
        sys.executable,
        ["-m", "sptool", *words],
        cwd=str(desk.folder),
        env={**desk.environment(), **own},
        dimensions=(50, 100),
        timeout=60,
        encoding="utf-8",
    )


def ended(child: pexpect.spawn[str]) -> tuple[int | None, str]:
    """The exit code, and what was printed since the last answer."""
    child.expect(pexpect.EOF)
    said = child.before
    child.close()
    return child.exitstatus, str(said)


def test_a_key_is_made_protected_and_given_to_the_agent(desk: SigningDesk) -> None:
    with tempfile.TemporaryDirectory(prefix="agent-") as place, agent_at(Path(place)) as (socket, _):
        at_work = desk.with_agent(socket)
        child = at_terminal(at_work, "sign-on")
        child.expect("With which key")
        child.send(ENTER)
        child.expect("Protect it with a passphrase")
        child.send(ENTER)
        for asked in ("Enter passphrase", "same passphrase again", "Enter passphrase for"):
            child.expect(asked)
            child.send(WORDS + ENTER)
        code, said = ended(child)
        assert (code, "You sign every step in this folder" in said) == (0, True)
        at_work.new_case()
        assert at_work.signers()[:2] == [f"G {ADDRESS}"] * 2
    assert b"BEGIN OPENSSH PRIVATE KEY" in (desk.home / ".ssh" / "sptool-hsp").read_bytes()


def test_a_key_without_a_passphrase_can_be_had(desk: SigningDesk) -> None:
    child = at_terminal(desk, "sign-on")
    child.expect("With which key")
    child.send(ENTER)
    child.expect("Protect it with a passphrase")
    child.send("n")
    assert ended(child)[0] == 0
    desk.new_case()


def test_no_step_asks_for_a_passphrase(desk: SigningDesk) -> None:
    """Asked for twice or in the midst of a step, it would be typed into the wrong place sooner or later."""
    ref = desk.new_case()
    key = desk.signed_on()
    protected = desk.key("protected", passphrase=WORDS)
    key.write_bytes(protected.read_bytes())
    before = desk.everything()
    code, said = ended(at_terminal(desk, "note", ref, "--from", str(desk.file(NOTE))))
    assert (code, "Enter passphrase" in said) == (1, False)
    assert desk.everything() == before
