"""YAML that is quickly written and would take long to read is refused at once, with file and line.

Each is read by a process of its own that may use little memory and little of the processor; nothing is timed.
"""

from __future__ import annotations

import pytest

from sptool.text.decoding import MOST_PIECES
from sptool.text.yaml import Plain, read_plain, write_yaml
from tests.limited import run_limited

READ = """\
import sys
from sptool.errors import UnfitFile
from sptool.text.yaml import read_plain, read_yaml
content = sys.stdin.buffer.read()
for read in (read_plain, read_yaml):
    try:
        read(content, "form.yaml")
        print("read")
    except UnfitFile as unfit:
        print(unfit.problems[0])
        print(len(unfit.message), file=sys.stderr)
"""
FULL = 2 * 1024 * 1024 - 64  # bytes: just as large as a file may be


def _filled(line: bytes, head: bytes = b"", tail: bytes = b"") -> bytes:
    return head + line * ((FULL - len(head) - len(tail)) // len(line)) + tail


def _aliases(levels: int = 9) -> bytes:
    """Nine in nine in nine: 250 bytes that would mean 387 million values."""
    lines = ["a0: &a0 [" + ",".join("x" * 9) + "]"]
    lines += [f"a{n}: &a{n} [" + ",".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, levels)]
    return "\n".join(lines).encode()


def _numbered(line: str, tail: str = "") -> bytes:
    return ("".join(f"{line}\n".format(n) for n in range(80_000)) + tail).encode()


REFUSED: tuple[tuple[str, bytes, int, str], ...] = (
    ("aliases in aliases", _aliases(), 1, "a value can't begin with `&`"),
    ("an alias that is merged", b"a:\n  <<: *b\n", 2, "a value can't begin with `*`"),
    ("aliases in a name", b"? &a [x, x]\n: 1\n? [*a, *a]\n: 2\n", 1, "a value can't begin with `&`"),
    ("a mark and broken YAML after it", b"a: 1\nb: &x 1\nc: 'open\n", 2, "a value can't begin with `&`"),
    ("an anchor behind an odd line break", "a: 1\u2028b: &x 1\n".encode(), 2, "a value can't begin with `&`"),
    ("directives", _numbered("%TAG !a{}! b", "--- a\n"), 1, "there are more"),
    ("a directive", b"%YAML 1.1\n---\na: 1\n", 1, "a line can't begin with `%`"),
    ("directives of a second document", b"a: 1\n...\n%YAML 1.1\n---\nb: 1\n", 3, "a line can't begin with `%`"),
    ("tags", _filled(b"- !a b\n"), 1, "there are more"),
    ("values on one line", _filled(b"a,", b"[", b"]"), 1, "there are more"),
    ("empty values", _filled(b"-\n", b"a:\n"), 1, "there are more"),
    ("lists in a list", _filled(b"- [[[[[[[[[a]]]]]]]]]\n"), 1, "there are more"),
    ("fields", _numbered("k{}: 1"), 1, "there are more"),
    ("the same field again and again", _filled(b"a: 1\n"), 1, "there are more"),
    ("names that are none", _filled(b"1: 1\n"), 1, "there are more"),
    ("documents", _filled(b"---\n"), 1, "there are more"),
    ("tabs", _filled(b"\t\n"), 1, "begins with a tab"),
    ("control characters", _filled(b"\x01\n"), 1, "invisible control character"),
    ("control characters on one line", _filled(b"\x01"), 1, "invisible control character"),
    ("lists behind a carriage return", _filled(b"- ", b"a:\r"), 2, "nested more than 20 deep"),
    ("lists behind a line separator", _filled(b"- ", "a:\u2028".encode()), 2, "nested more than 20 deep"),
    ("lists behind a next-line character", _filled(b"- ", "a:\x85".encode()), 2, "nested more than 20 deep"),
    ("names in names", _filled(b"? "), 1, "nested more than 20 deep"),
)


@pytest.mark.parametrize(("content", "line", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_dear_to_read_is_refused(content: bytes, line: int, said: str) -> None:
    done = run_limited(READ, stdin=content)
    assert done.returncode == 0, done.stderr[-2000:]
    first, second = done.stdout.decode().splitlines()
    assert first == second
    place, _, what = first.partition(": ")
    assert place.startswith("form.yaml, line ")
    assert said in what
    assert line == int(place.rpartition(" ")[2]) or said == "there are more"
    assert all(int(length) < 20_000 for length in done.stderr.split())


ALLOWED = (
    ("one long number", _filled(b"1", b"a: ")),
    ("one long fraction", _filled(b"1", b"a: 0.")),
    ("long numbers", _filled(b"- " + b"9" * 999 + b"\n")),
    ("one long line", _filled(b"x ", b"a: ")),
    ("a long name", _filled(b"k", b"? ", b"\n: 1\n")),
    ("blank lines", _filled(b"\n")),
    ("comments", _filled(b"#\n")),
    ("prose with brackets", _filled(b"  [ x ] y {\n", b"a: |\n")),
    ("deeper and deeper prose", b"a: |\n" + b"".join(b" " * n + b"\n" for n in range(2000))),
)


@pytest.mark.parametrize("content", [row[1] for row in ALLOWED], ids=[row[0] for row in ALLOWED])
def test_what_is_only_long_is_read(content: bytes) -> None:
    done = run_limited(READ, stdin=content)
    assert done.stdout.split() == [b"read", b"read"], done.stderr[-2000:]


@pytest.mark.parametrize(
    "prose",
    [
        "Marks & Spencer; R&D; *urgent*; 5 * 3! &c. 100% sure.",
        "*Urgent*\n& so on\n! look\n% of children\n%TAG is no directive here",
        "&a *a !a %a",
        "[" * 70 + "{" * 70,
        "-" * 80,
    ],
)
def test_signs_in_prose_are_prose(prose: str) -> None:
    data: dict[str, Plain] = {"text": prose, "list": [{"note": prose}], "quoted": f"{prose}\u2028{prose}"}
    assert read_plain(write_yaml(data), "file") == data


def test_as_much_as_a_form_could_hold_is_read() -> None:
    entries = b"".join(b"- on: 2026-03-02\n  what: Seen.\n" for _ in range(MOST_PIECES // 12))
    assert isinstance(read_plain(entries, "file"), list)
