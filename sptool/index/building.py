"""Reads the records of many cases and works out what the index holds of each, on every processor if it pays."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sptool.index.deriving import Derived, derived, derived_beside
from sptool.index.known import Editions, fold_known
from sptool.index.listing import BESIDE, Listed, contents
from sptool.store.casebook import Casebook
from sptool.store.folder import CaseFolder, open_case_folder
from sptool.workflow.edition import load_edition

if TYPE_CHECKING:
    from concurrent.futures import Future

TOGETHER = 200
"""How many cases are read in one go."""
AHEAD = 3
"""How many goes wait for each process, so that cases are not read faster than they are written."""
WORTH_SHARING = 1500
"""From this many cases on, starting further processes costs less than it saves."""


@dataclass(frozen=True)
class Workroom:
    """What is needed to work out a case.

    Args:
        known: by the case's reference, the paths of records that were checked before.
    """

    folder: CaseFolder
    commit: str
    editions: Editions
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)


def derive_all(room: Workroom, cases: Mapping[str, Listed], worth_sharing: int = WORTH_SHARING) -> Iterator[Derived]:
    """What the index holds of each of these cases, in their order.

    Args:
        worth_sharing: from how many cases on further processes are started.
    """
    processors = os.cpu_count() or 1
    if len(cases) >= worth_sharing and processors > 1:
        yield from _derive_together(room, list(_groups(cases)), processors)
        return
    for group in _groups(cases):
        yield from _derive(room, group)


def _derive_together(room: Workroom, groups: list[dict[str, Listed]], processors: int) -> Iterator[Derived]:
    from concurrent.futures.process import BrokenProcessPool  # slow to import, and seldom needed

    done = 0
    with suppress(OSError, BrokenProcessPool):  # a computer that allows no further processes does it in this one
        for derived_apart in _derived_apart(room, groups, min(processors, len(groups))):
            yield from derived_apart
            done += 1
    for group in groups[done:]:
        yield from _derive(room, group)


def _derived_apart(room: Workroom, groups: list[dict[str, Listed]], processes: int) -> Iterator[list[Derived]]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Derived]]] = deque()
        for group in groups:
            waiting.append(pool.submit(_derive_apart, room.folder.root, room.commit, group))
            if len(waiting) > AHEAD * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _groups(cases: Mapping[str, Listed]) -> Iterator[dict[str, Listed]]:
    waiting = iter(cases.items())
    while group := dict(islice(waiting, TOGETHER)):
        yield group


def _derive(room: Workroom, cases: Mapping[str, Listed]) -> list[Derived]:
    read = contents(room.folder, cases)
    return [_derive_one(room, reference, read[reference], case) for reference, case in cases.items()]


def _derive_one(room: Workroom, reference: str, files: Mapping[str, bytes], found: Listed) -> Derived:
    case = fold_known(reference, files, room.known.get(reference, frozenset()), found.others)
    if reference in BESIDE:
        return derived_beside(reference, case)
    edition = room.editions.of(case)
    return derived(case, edition, room.editions.calendar_for(edition), found.tree, files.values())


def _derive_apart(root: Path, commit: str, cases: Mapping[str, Listed]) -> list[Derived]:
    """The same in a process of its own."""
    return _derive(_workroom(root, commit), cases)


@lru_cache(maxsize=1)
def _workroom(root: Path, commit: str) -> Workroom:
    folder = open_case_folder(root)
    return Workroom(folder, commit, Editions(Casebook(folder, commit, load_edition)))
