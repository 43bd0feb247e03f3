"""The folder's own register: what changes over the years, also as records."""

from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from sptool.records.fields import Day, Line, OfficerMark, Prose, Slug, YesNo, ask, may_ask
from sptool.records.header import Record, Sha256

_BASE64 = "[A-Za-z0-9+/]"
PublicKey = Annotated[
    str, StringConstraints(pattern=rf"^[a-z0-9@.-]{{1,60}} {_BASE64}{{20,4000}}={{0,2}}$", max_length=4100)
]
Fingerprint = Annotated[str, StringConstraints(pattern=rf"^SHA256:{_BASE64}{{43}}$")]


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


class KeyAdded(Record):
    """That an officer's steps are signed with this key from now on.

    Args:
        public_key: its algorithm and its public half, as the first two words of an SSH public key file.
        fingerprint: as `ssh-keygen -l` shows it: the SHA-256 of the public half.
        afresh: set where no trusted key was left to sign this step with. Trust starts anew here.
    """

    kind: ClassVar[str] = "key-added"
    title: ClassVar[str] = "signing key added"

    happened_on: Day = ask("From when?")
    officer: Annotated[Slug, OfficerMark()] = ask("Whose key is it?")
    public_key: PublicKey = ask("What is the public half of the key?")
    fingerprint: Fingerprint = ask("What is its fingerprint?")
    afresh: Prose | None = may_ask("If no trusted key is left: why not, and who vouches for this one?")


class KeyRetired(Record):
    """That a key no longer counts: what is signed with it after this step is not trusted."""

    kind: ClassVar[str] = "key-retired"
    title: ClassVar[str] = "signing key retired"
    in_subject: ClassVar[tuple[str, ...]] = ("reason",)

    happened_on: Day = ask("From when?")
    fingerprint: Fingerprint = ask("What is its fingerprint?")
    reason: Literal["replaced", "lost", "may-be-known-to-others", "officer-left", "other"] = ask("Why?")
    note: Prose | None = may_ask("What should be known about it?")


class SigningRequired(Record):
    """That every step has to be signed from now on, or no longer has to be."""

    kind: ClassVar[str] = "signing-required"
    title: ClassVar[str] = "signing required"
    in_subject: ClassVar[tuple[str, ...]] = ("required",)

    happened_on: Day = ask("From when?")
    required: YesNo = ask("Does every step have to be signed?")
    reason: Prose | None = may_ask("Why?")
