"""Case references and record ids: random, without look-alikes; a reference catches a slip of the pen.  [format]"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from functools import lru_cache

from sptool.records.fields import ID_LETTERS, ID_SYMBOLS, RECORD_ID_LENGTH
from sptool.records.header import REGISTER

SYMBOLS = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U or 0. Their number, 31, is prime: so one check character catches every single wrong
character and every swap of two neighbours."""

_GENERATOR = 3
RANDOM_LENGTH = 4
REFERENCE = re.compile(rf"([A-Z]{{2,6}})-(\d{{4}})-([{SYMBOLS}]{{{RANDOM_LENGTH}}})([{SYMBOLS}])")

RECORD_ID = re.compile(rf"[{ID_LETTERS}][{ID_SYMBOLS}]{{{RECORD_ID_LENGTH - 1}}}")

Choose = Callable[[str], str]
"""Chooses one character of a text at random."""


def check_character(year: str, random_part: str) -> str:
    """The last character of a reference, worked out from its year and random part."""
    total = 0
    for symbol in year.replace("0", "Z") + random_part:
        total = (total + SYMBOLS.index(symbol)) * _GENERATOR % len(SYMBOLS)
    return SYMBOLS[total]


def new_reference(prefix: str, year: int, choose: Choose, taken: Collection[str]) -> str:
    """A case reference that the folder doesn't have yet, such as `HSP-2026-K7QM3`.

    Args:
        year: the year in which the case is opened.
        choose: picks a character at random.
        taken: the references in use.
    """
    while True:
        random_part = "".join(choose(SYMBOLS) for _ in range(RANDOM_LENGTH))
        reference = f"{prefix}-{year}-{random_part}{check_character(str(year), random_part)}"
        if reference not in taken:
            return reference


@lru_cache(maxsize=64)  # asked of one file of a case after the other
def is_reference(text: str) -> bool:
    """Whether a text is a well-formed reference with the right check character."""
    match = REFERENCE.fullmatch(text)
    return match is not None and check_character(match[2], match[3]) == match[4]


def new_record_id(choose: Choose) -> str:
    """An id for a record: ten characters, the first a letter."""
    return choose(ID_LETTERS) + "".join(choose(ID_SYMBOLS) for _ in range(RECORD_ID_LENGTH - 1))


def is_record_id(text: str) -> bool:
    """Whether a text is a well-formed record id. A file that somebody else put beside the records has none."""
    return RECORD_ID.fullmatch(text) is not None


def case_folder(reference: str) -> str:
    """Where a case's records stand in the case folder: a folder for its year, and one of its own."""
    return f"{reference.split('-')[1]}/{reference}"


def file_name(recorded_at: datetime, kind: str, record_id: str) -> str:
    """The name of a record's file: it sorts by time, says what it is, and can't collide."""
    return f"{recorded_at:%Y-%m-%d-%H%M%SZ}-{kind}-{record_id}.yaml"


def case_at(path: str) -> str:
    """The reference of the case in whose folder a path is, though the folder may stand under a wrong year; or nothing.

    Args:
        path: with `/` between the parts.
    """
    year, _, rest = path.partition("/")
    reference = rest.partition("/")[0]
    return reference if year.isdigit() and is_reference(reference) else ""


def is_record_path(path: str) -> bool:
    """Whether a record belongs there: in its case's folder, or in the register.

    Args:
        path: with `/` between the parts.
    """
    *folders, name = path.split("/")
    if not name.endswith(".yaml"):
        return False
    if len(folders) == 2 and is_reference(folders[1]):
        return case_folder(folders[1]) == "/".join(folders)
    return folders == [REGISTER]
