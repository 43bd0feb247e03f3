"""Which moments of a program are struck at: one of each kind, or with SPTOOL_STRIKES=all every one."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.loaded import run
from tests.faults.striking import can_strike

NAMES_OF_CHANCE = (
    (re.compile(r"[0-9a-f]{64}|[0-9a-f]{40}"), "ID"),
    (re.compile(r"objects/[0-9a-f]{2}(?=/|$)"), "objects/XX"),
    (re.compile(r"/[0-9a-f]{38}$"), "/ID"),
    (re.compile(r"tmp_(\w+)_\w{6}$"), r"tmp_\1"),
    (re.compile(r"\.sptool-[^/]+"), ".sptool-tmp"),
    (re.compile(r"[0-9-]{10}-[0-9]{6}Z-[^/]+"), "RECORD"),
)

needs_strikes = pytest.mark.skipif(not can_strike(), reason="needs Linux on x86-64, where processes may be watched")


@dataclass(frozen=True)
class Struck:
    """A program that was struck at.

    Args:
        code: how it ended; 128 and more after a signal.
        out: what it printed.
        err: what it told.
        moments: its changes up to then: what, where, and by which program.
    """

    code: int
    out: str
    err: str
    moments: Sequence[tuple[str, str, str]]


def strike(
    folder: Path, fault: str, moment: int, *words: str | Path, environment: Mapping[str, str] | None = None
) -> Struck:
    """Runs a module under watch.

    Args:
        folder: where changes count.
        fault: what happens; see `striking`.
        moment: when.
        words: the module, and what is typed after it.
        environment: the whole environment; this process's own if not given.
    """
    report = folder.with_name(f"{folder.name}.report")
    done = run("tests.faults.striking", folder, report, fault, moment, *words, environment=environment)
    moments = [(what, where, by) for what, where, by in json.loads(report.read_text("utf-8"))]
    report.unlink()
    return Struck(done.returncode, done.stdout, done.stderr, moments)


def chosen(moments: Sequence[tuple[str, ...]], one_in: int = 1) -> list[int]:
    """The moments to strike at, counted from 1: the last of each kind, because there most has been done.

    Args:
        moments: every change that the program makes.
        one_in: to strike at one in so many kinds only.
    """
    if os.environ.get("SPTOOL_STRIKES") == "all":
        return list(range(1, len(moments) + 1))
    return sorted({_kind(moment): number for number, moment in enumerate(moments, start=1)}.values())[::one_in]


def first_and_last(moments: Sequence[tuple[str, ...]]) -> list[int]:
    """The moments to strike at, counted from 1: the first and the last of each kind."""
    backwards = chosen(moments[::-1])
    return sorted({*chosen(moments), *(len(moments) + 1 - number for number in backwards)})


def _kind(moment: tuple[str, ...]) -> tuple[str, ...]:
    what, where, *by = moment
    for pattern, word in NAMES_OF_CHANCE:
        where = pattern.sub(word, where)
    return what, where, *by
