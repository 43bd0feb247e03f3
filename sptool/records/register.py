"""The folder's own register: what changes over the years, also as records."""

from __future__ import annotations

from typing import ClassVar

from sptool.records.fields import Day, Line, Slug, ask
from sptool.records.header import Record, Sha256


class EditionAdopted(Record):
    """That new cases are opened under this framework edition from now on."""

    kind: ClassVar[str] = "edition-adopted"
    title: ClassVar[str] = "framework edition adopted"

    happened_on: Day = ask("From when?")
    edition: str = ask("Which edition?")
    sha256: Sha256 = ask("The digest of the edition's file")


class OfficerAdded(Record):
    """That an officer may record steps here. Name and address are the commit author's."""

    kind: ClassVar[str] = "officer-added"
    title: ClassVar[str] = "officer added"

    happened_on: Day = ask("From when?")
    officer: Slug = ask("Which short id?")
    name: Line = ask("What is the officer's name?")
    email: Line = ask("What is the officer's e-mail address?")
