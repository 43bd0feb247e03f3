"""What is quickly written and would take long to read stops no command: with --from, among the records, as policy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sptool.text.decoding import MOST_PIECES
from tests.cli.running import Desk, Ran, commit_by_hand, desk, pattern
from tests.cli.troubled import case, note, plain
from tests.limited import PROGRAM, run_limited

__all__ = ["case", "desk", "pattern"]

# Nine in nine in nine: it would mean 387 million values.
ALIASES = "\n".join(
    [
        "a0: &a0 [" + ",".join("x" * 9) + "]",
        *(f"a{n}: &a{n} [" + ",".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 9)),
    ]
)
DEAR = {
    "aliases": f"record: note/1\n{ALIASES}\n".encode(),
    "values": b"record: note/1\ntext: [" + b"{}," * 600_000 + b"{}]\n",
    "lists in lists": b"record:\r" + b"- " * 1_000_000,
    "directives": "".join(f"%TAG !a{n}! b\n" for n in range(100_000)).encode() + b"--- a\n",
    "fields": "".join(f"field{n}: 1\n" for n in range(12_000)).encode(),
}


def _limited(desk: Desk, *words: str | Path) -> Ran:
    done = run_limited(PROGRAM, *words, env=desk.environment(), cwd=desk.folder)
    return Ran(done.stdout.decode(), done.stderr.decode(), done.returncode)


@pytest.mark.parametrize("content", DEAR.values(), ids=DEAR)
def test_given_with_from_it_is_refused_at_once(desk: Desk, case: str, content: bytes) -> None:
    before = desk.state()
    ran = _limited(desk, "note", case, "--from", desk.file(content))
    plain(ran, 2 if content == DEAR["fields"] else 3, "the file given with --from, line ")
    assert len(ran.err.splitlines()) < 110
    assert desk.state() == before


@pytest.mark.parametrize("content", DEAR.values(), ids=DEAR)
def test_recorded_by_hand_it_is_a_record_that_can_not_be_read(desk: Desk, case: str, content: bytes) -> None:
    path = f"2026/{case}/2026-03-02-090500Z-note-zzzzzzzzzz.yaml"
    commit_by_hand(desk, path, content)
    for words, codes in ((("show", case), {0}), (("list",), {0}), (("overdue",), {0, 1}), (("verify",), {1})):
        ran = _limited(desk, *words)
        assert ran.code in codes, ran
        assert "sptool itself" not in ran.said
    assert "A record can't be read: zzzzzzzzzz" in desk.call("show", case).out
    assert note(desk, case).code == 0


POLICY = {
    "agencies that succeed each other": ("  - {{id: agency-{0}, successor: agency-{1}}}\n", 3_400),
    "successors that are nearly right": ("  - {{id: agency-number-{0}, successor: agencx-nunber-{1}x}}\n", 2_000),
    "sources that are nearly right": ("  - {{id: agency-{0}, source: [framewrk-a, framewrk-b, framewrk-c]}}\n", 2_000),
    "fields that are nearly right": ("  - {{id: a{0}, valid_frm{0}: 2026-01-01}}\n", 3_000),
}


@pytest.mark.parametrize(("entry", "times"), POLICY.values(), ids=POLICY)
def test_as_policy_it_is_checked_at_once(desk: Desk, entry: str, times: int) -> None:
    shipped = (desk.folder / "framework" / "2022-01.yaml").read_text(encoding="utf-8")
    many = "".join(entry.format(n, n + 1) for n in range(times))
    sources = "".join(f"  framework-{n}: {{cite: So, verified: true}}\n" for n in range(400))
    longer = shipped.replace("\nsources:\n", f"\nsources:\n{sources}", 1)
    edition = desk.file(longer.replace("\nagencies:\n", f"\nagencies:\n{many}", 1))
    before = desk.state()
    ran = _limited(desk, "framework", "check", edition)
    assert ran.code in (1, 3), ran
    assert "agencies.0" in ran.said
    commit_by_hand(desk, "framework/2022-01.yaml", edition.read_bytes())
    plain(_limited(desk, "show", "HSP"), 2, "no case with this reference")
    assert desk.state()[0] != before[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file without an end")
@pytest.mark.parametrize("word", ["check", "adopt"])
def test_policy_without_an_end_is_not_read_to_its_end(desk: Desk, word: str) -> None:
    plain(_limited(desk, "framework", word, "/dev/zero"), 3, "the file is larger than 2 MiB")


def test_what_could_not_be_read_again_is_not_recorded(desk: Desk, case: str) -> None:
    """Given, it is just short enough; with what sptool writes at its head it would not be."""
    roles = ", ".join(["Chair"] * ((MOST_PIECES - 80) // 2))
    answers = f"""\
happened_on: 2026-03-02
outcome: notify
criteria:
- child: child-a
  answers: {{abuse-or-neglect: met, died-or-seriously-harmed: met, in-area-or-resident: met}}
rationale: One.
decided_by: Chair
participants: [{roles}]
"""
    before = desk.state()
    ran = desk.call("decide", case, "--from", desk.file(answers), code=2)
    assert "this is more than one record can hold; record it in parts" in ran.err
    assert desk.state() == before
