"""One commit of the history, taken from its raw bytes: nothing that git would show differently counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PERSON = re.compile(rb"(?P<name>.*?) ?<(?P<email>[^<>\n]*)> (?P<at>\d+) (?P<zone>[+-]\d{4})", re.DOTALL)
_SIGNATURES = (b"gpgsig", b"gpgsig-sha256")


class UnreadableCommit(ValueError):
    """A commit whose bytes are not what git writes."""


@dataclass(frozen=True, slots=True)
class Person:
    """The author or the committer of a commit, as the commit claims.

    Args:
        at: when, in seconds since 1970 (UTC).
        zone: the time zone claimed, such as `+0000`.
    """

    name: str
    email: str
    at: int
    zone: str


@dataclass(frozen=True, slots=True)
class RawCommit:
    """One commit, as its bytes say.

    Args:
        tree: the id of the folder that it holds.
        parents: the ids of the commits that it follows; two or more in a merge, none in the first.
        gpgsig: the signature, with the header's indentation taken off; None if there is none.
        message: the message, undecoded bytes shown as U+FFFD.
        headers: the names of all headers, in order, signatures included.
    """

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    gpgsig: bytes | None
    message: str
    headers: tuple[str, ...]
    raw: bytes

    @property
    def signed_payload(self) -> bytes:
        """The bytes that a signature is made over: the commit without its signature."""
        head, blank, message = self.raw.partition(b"\n\n")
        kept = [field for field in _fields(head) if field.partition(b" ")[0] not in _SIGNATURES]
        return b"\n".join(kept) + blank + message


def read_commit(commit_id: str, raw: bytes) -> RawCommit:
    """A commit from its bytes.

    Args:
        raw: the bytes of the commit object, without git's own header (`commit SIZE`).

    Raises:
        UnreadableCommit: the bytes are not what git writes for a commit.
    """
    head, _, message = raw.partition(b"\n\n")
    pairs = [_pair(field) for field in _fields(head)]
    values = dict(reversed(pairs))  # the first of a name counts, as in git
    return RawCommit(
        id=commit_id,
        tree=_needed(values, b"tree").decode("ascii", "replace"),
        parents=tuple(value.decode("ascii", "replace") for name, value in pairs if name == b"parent"),
        author=_person(_needed(values, b"author")),
        committer=_person(_needed(values, b"committer")),
        gpgsig=values[b"gpgsig"].replace(b"\n ", b"\n") if b"gpgsig" in values else None,
        message=message.decode("utf-8", "replace"),
        headers=tuple(name.decode("ascii", "replace") for name, _ in pairs),
        raw=raw,
    )


def _fields(head: bytes) -> list[bytes]:
    """The headers of a commit, each with its continuation lines."""
    return re.split(rb"\n(?! )", head)


def _pair(field: bytes) -> tuple[bytes, bytes]:
    name, _, value = field.partition(b" ")
    return name, value


def _needed(values: dict[bytes, bytes], name: bytes) -> bytes:
    if name not in values:
        raise UnreadableCommit(f"no {name.decode()}")
    return values[name]


def _person(value: bytes) -> Person:
    found = _PERSON.fullmatch(value)
    if found is None:
        raise UnreadableCommit("author or committer")
    name, email = found["name"].decode("utf-8", "replace"), found["email"].decode("utf-8", "replace")
    return Person(name, email, int(found["at"]), found["zone"].decode())
