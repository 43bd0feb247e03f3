"""Which commit leads to which, in histories that fork and join."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest

from sptool.audit.ancestry import Ancestry, Place
from sptool.audit.history import Person, RawCommit

SOMEBODY = Person("Officer One", "officer.one@testshire.invalid", 0, "+0000")


def commit(number: int, *parents: int) -> RawCommit:
    names = tuple(str(parent) for parent in parents)
    return RawCommit(str(number), "", names, SOMEBODY, SOMEBODY, None, "", (), b"")


def places(history: list[tuple[int, ...]]) -> list[Place]:
    ancestry = Ancestry()
    return [ancestry.place(commit(number, *parents)) for number, parents in enumerate(history)]


def leading_to(history: list[tuple[int, ...]], number: int) -> Iterator[int]:
    """By the book: every commit on any way back."""
    waiting, seen = [number], set[int]()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += history[one]
            yield one


def forking(seed: int, length: int = 60) -> list[tuple[int, ...]]:
    """A history that forks and joins as it comes, the same for the same seed."""
    history: list[tuple[int, ...]] = [()]
    tips = [0]
    for number in range(1, length):
        one, other, third = sha256(f"{seed} {number}".encode()).digest()[:3]
        if len(tips) > 1 and one < 80:
            first = other % len(tips)
            parents: tuple[int, ...] = (tips[first], tips[first - 1])
        else:
            parents = ((*tips, third % number)[other % (len(tips) + 1)],)
        history.append(parents)
        tips = [tip for tip in tips if tip not in parents] + [number]
    return history


@pytest.mark.parametrize("seed", range(40))
def test_a_place_knows_exactly_what_leads_to_it(seed: int) -> None:
    history = forking(seed)
    found = places(history)
    for number, place in enumerate(found):
        expected = set(leading_to(history, number))
        assert {other for other, it in enumerate(found) if place.follows(it)} == expected


def test_a_straight_history_keeps_nothing_besides() -> None:
    assert [place.besides for place in places([(), (0,), (1,), (2,)])] == [{}] * 4


def test_officers_who_join_again_and_again_leave_nothing_behind() -> None:
    history: list[tuple[int, ...]] = [()]
    for _ in range(200):
        start = len(history) - 1
        history += [(start,), (start,), (start + 1, start + 2)]
    assert max(len(place.besides) for place in places(history)) <= 2
