"""What stands among a case's records and is not taken up: never without a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["read", "placed", "filed"]
"""What can't be done with it: read it; place it among the others; keep a record in such a file at all."""

NO_NAME = "no record is kept under such a name"
NO_FOLDER = "no record is kept in a folder of its own"
OTHER_YEAR = "a case has its folder in one year only"
NO_CASE = "no case has a folder of such a name"
NO_FILE = "a repository of its own is no file"


@dataclass(frozen=True)
class UnreadRecord:
    """Something that this program does not take up. It is kept, and said wherever the case is judged.

    A record of an unknown kind or version, or a damaged one, can't be read. One that is of another case, or whose past
    leads back to itself, can be read, but has no place in the case. Other files hold no record.

    Args:
        id: the record's id, as far as known; empty for a file that is no record's.
        why: why it is not taken up, without its values.
        after: the records that its writer had, as far as they can count.
    """

    id: str
    path: str
    why: str
    after: tuple[str, ...] = ()
    how: How = "read"

    @property
    def is_record(self) -> bool:
        """Whether it is, or may be, a record; else it is a file that somebody put among them."""
        return self.how != "filed"
