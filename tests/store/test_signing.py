"""Signatures taken apart, keys read, and a first key that can't be used."""

from __future__ import annotations

import base64
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from sptool.errors import StepRefused, UsageError
from sptool.store.folder import CaseFolder
from sptool.store.recording import record_step
from sptool.store.signing import fingerprint_of_text, read_key, sign
from sptool.store.sshsig import BEGIN, END, UnreadableSignature, key_blob, read_signature, string, strings
from tests.signing import needs_openssh

from .setting import everything, holds, path_of, record, step

pytestmark = needs_openssh


@pytest.fixture
def key(home: Path) -> Path:
    """A key's file."""
    place = home / "one"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "made up", "-f", str(place)], check=True)
    return place


def armored(blob: bytes) -> bytes:
    """A signature's text around these bytes."""
    return BEGIN + b"\n" + base64.b64encode(blob) + b"\n" + END + b"\n"


def test_a_signature_says_with_which_key_and_for_what(key: Path) -> None:
    known = read_key(key)
    read = read_signature(sign(known, "testing", b"hello\n"))
    assert (read.fingerprint, read.namespace, read.hash_algorithm) == (known.fingerprint, "testing", "sha512")
    listed = subprocess.run(["ssh-keygen", "-l", "-f", str(key)], capture_output=True, text=True, check=True)
    assert listed.stdout.split()[1] == known.fingerprint


def test_a_signature_cut_anywhere_is_none(key: Path) -> None:
    text = sign(read_key(key), "testing", b"hello\n")
    blob = base64.b64decode(b"".join(text.split(b"\n")[1:-2]))
    assert read_signature(armored(blob)) == read_signature(text)
    for cut in (*range(len(blob)), len(blob) + 1):
        with pytest.raises(UnreadableSignature):
            read_signature(armored((blob + b"x")[:cut]) if cut != len(blob) else text[:-30])


@pytest.mark.parametrize("text", [b"", b"hello", BEGIN + END, armored(b"SSHSIG\0\0\0\x02"), b"x" * 100_000])
def test_what_is_no_signature_is_not_read_as_one(text: bytes) -> None:
    with pytest.raises(UnreadableSignature):
        read_signature(text)


def test_parts_come_back_as_they_were_put_together() -> None:
    parts = [b"", b"a", b"b" * 300]
    assert strings(b"".join(string(part) for part in parts), 3) == parts


@pytest.mark.parametrize(
    "text", ["", "ssh-ed25519", "ssh-ed25519 !!!", "ssh-ed25519 AAAA", "ssh-dss AAAA", "hello there"]
)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        fingerprint_of_text(text)


def test_a_public_key_that_says_two_things_is_refused(key: Path) -> None:
    public = read_key(key).public_key
    with pytest.raises(UnreadableSignature):
        key_blob(public.replace("ssh-ed25519 ", "ssh-rsa "))


def test_a_first_key_that_cannot_be_used_stops_the_step_before_anything_is_written(
    folder: CaseFolder, key: Path
) -> None:
    known = read_key(key)
    wanted = replace(step("aaaaaaaaaa"), first_key=known)
    key.unlink()
    before = everything(folder)
    with pytest.raises(StepRefused, match="could not be used"):
        record_step(folder, wanted, lambda _: None)
    assert everything(folder) == before
    assert not any(holds(folder.root, entry.content) for entry in wanted.entries)
    record(folder, "bbbbbbbbbb")
    assert (folder.root / path_of("bbbbbbbbbb")).is_file()


def test_a_signature_of_blanks_alone_is_refused_at_once() -> None:
    """However many there are: whoever makes a history must not keep its verification busy for hours."""
    for count in (60_000, 5_000_000):
        with pytest.raises(UnreadableSignature):
            read_signature(BEGIN + b" " * count + b"!")
