"""What is asked of the index, which is brought up to date first."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection
from typing import TypeVar

from sptool.desk.session import Session
from sptool.index.keeping import Notice
from sptool.index.nearby import naming
from sptool.index.place import ask

Answer = TypeVar("Answer")
MANY = 500
"""Reading this many cases takes long enough to say so."""


def asked(session: Session, question: Callable[[Connection], Answer]) -> Answer:
    """The answer of the folder's index.

    Raises:
        UnfitFolder: the folder can't be read.
    """
    return ask(session.root, question, _say_if_many(session))


def named_by(session: Session, reference: str) -> tuple[str, ...]:
    """The other cases whose records name a case."""
    known = naming(session.root, session.book.commit, reference, _say_if_many(session))
    return session.book.naming(reference) if known is None else known


def _say_if_many(session: Session) -> Notice:
    def say(cases: int) -> None:
        if cases >= MANY:
            session.talk.pass_on(
                f"Reading {cases} cases once, to find things quickly from now on. This takes a moment."
            )

    return say
