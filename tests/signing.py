"""Signing keys, agents and signed commits for tests: OpenSSH's and git's own, nothing pretended."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.running import MONDAY, Desk, Ran

ADDRESS = "officer.one@testshire.invalid"
OTHER_ADDRESS = "officer.two@testshire.invalid"
NOTE = {"happened_on": MONDAY, "text": "Spoke with the school."}
REFERRAL = {
    "happened_on": MONDAY,
    "caller": "hillingdon-hospital",
    "at_risk_now": "no",
    "la_aware_on": MONDAY,
    "summary": "Child A came to harm.",
}

needs_openssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")


@dataclass(frozen=True)
class SigningDesk(Desk):
    """A desk whose officer may have an agent.

    Args:
        agent: the agent's socket; empty if none runs.
    """

    agent: str = ""

    def environment(self, today: str = MONDAY) -> dict[str, str]:
        known = super().environment(today)
        return {**known, "SSH_AUTH_SOCK": self.agent} if self.agent else known

    def with_agent(self, agent: str) -> SigningDesk:
        """The same desk, once an agent runs."""
        return SigningDesk(self.folder, self.home, self.answers, agent)

    def key(self, name: str = "one", kind: str = "ed25519", passphrase: str = "") -> Path:
        """A new key's file, at the officer's home."""
        place = self.home / name
        command = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "made up", "-f", str(place)]
        subprocess.run(command, check=True)
        return place

    def signed_on(self, name: str = "one") -> Path:
        """The key of the officer at this desk, with which every step is signed from now on."""
        file = self.key(name)
        self.call("sign-on", "--key", file, code=0)
        return file

    def officer_two(self) -> None:
        """Puts a second officer into the register."""
        self.call("officer", "add", "--name", "Officer Two", "--email", OTHER_ADDRESS, code=0)

    def sits_down(self, name: str, email: str, key: Path | None = None) -> None:
        """Somebody else works at this desk from now on, with their own key or none."""
        self.git("config", "user.name", name)
        self.git("config", "user.email", email)
        if key:
            self.git("config", "user.signingkey", str(key))
        else:
            self.git("config", "--unset-all", "user.signingkey", check=False)

    def everything(self) -> tuple[object, ...]:
        """All that a refused step must leave alone, down to the last object and file of the repository."""
        inside = sorted(
            (path.relative_to(self.folder).as_posix(), path.read_bytes() if path.name != "index" else b"")
            for path in self.folder.rglob("*")
            if path.is_file() and path.name != "lock"
        )
        return self.state(), inside

    def must_refuse(self, *words: str | Path, code: int = 1, answers: Mapping[str, object] | None = None) -> Ran:
        """What is said of a command that must be refused and write nothing at all."""
        given = ("--from", self.file(answers)) if answers else ()
        before = self.everything()
        ran = self.call(*words, *given, code=code)
        assert self.everything() == before
        return ran

    def new_case(self) -> str:
        """A case's reference."""
        return self.record("new-referral", answers=REFERRAL).case

    def signers(self) -> list[str]:
        """Who signed each commit of main, newest first, by stock git; empty for one that nobody did."""
        allowed = self.answers / "allowed_signers"
        allowed.write_text(self.call("key", "list", "--allowed-signers").out)
        options = ("-c", f"gpg.ssh.allowedSignersFile={allowed}")
        return self.git(*options, "log", "--format=%G? %GS", "main").splitlines()


def public(key: Path) -> str:
    """The public half of a key: its first two words."""
    return " ".join(key.with_name(f"{key.name}.pub").read_text().split()[:2])


def fingerprint(key: Path) -> str:
    """A key's fingerprint, by OpenSSH."""
    done = subprocess.run(["ssh-keygen", "-l", "-f", f"{key}.pub"], capture_output=True, text=True, check=True)
    return done.stdout.split()[1]


@contextmanager
def agent_at(place: Path) -> Iterator[tuple[str, int]]:
    """An agent of its own: its socket and its process."""
    socket = str(place / "agent")
    process = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.DEVNULL)
    try:
        while not Path(socket).exists():
            assert process.poll() is None
        yield socket, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def hand_over(key: Path, socket: str, passphrase: str, place: Path) -> None:
    """Gives a key to an agent, as its owner would by typing the passphrase."""
    asker = place / "askpass"
    asker.write_text(f"#!/bin/sh\necho {passphrase}\n")
    asker.chmod(0o700)
    known = {"PATH": os.environ["PATH"], "SSH_AUTH_SOCK": socket, "DISPLAY": "none", "SSH_ASKPASS": str(asker)}
    wanted = {**known, "SSH_ASKPASS_REQUIRE": "force"}
    subprocess.run(["ssh-add", "-q", str(key)], env=wanted, stdin=subprocess.DEVNULL, check=True)


@pytest.fixture
def desk(pattern: Path, tmp_path: Path) -> SigningDesk:
    """A desk of the test's own, whose officer does not sign yet."""
    place = tmp_path / "desk"
    shutil.copytree(pattern, place)
    return SigningDesk(place / "cases", place / "home", place / "answers")
