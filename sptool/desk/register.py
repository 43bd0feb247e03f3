"""Records of the folder's own register: editions adopted, officers added, signing keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sptool import __version__
from sptool.desk.chance import Chance, chance_for
from sptool.desk.clock import LONDON
from sptool.desk.new_record import as_bytes
from sptool.errors import InvalidAnswers
from sptool.framework.models import Framework
from sptool.records.header import REGISTER, Record
from sptool.records.kinds import KINDS
from sptool.records.plain import problems_of
from sptool.records.references import file_name, new_record_id
from sptool.store.identity import Identity
from sptool.store.recording import Entry, Step, record_step
from sptool.text.plain import Plain
from sptool.workflow.edition import load_edition
from sptool.workflow.subjects import commit_message, step_title

if TYPE_CHECKING:
    from sptool.desk.session import Session
    from sptool.records.register import OfficerAdded
    from sptool.store.signing import SigningKey


def officer_id(identity: Identity, register: Mapping[str, OfficerAdded]) -> str:
    """The short id of an officer: that of the register, else what stands before the @ of the e-mail address.

    Where somebody else has that id already, a number follows: two officers are never one.

    Args:
        register: the officers of the register, by id.
    """
    address = identity.email.casefold()
    for known in register.values():
        if known.email.casefold() == address:
            return known.officer
    slug = re.sub(r"[^a-z0-9]+", "-", address.partition("@")[0]).strip("-")[:60] or "officer"
    numbered = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(free for free in numbered if free not in register)


def first_records(edition: bytes, identity: Identity, at: datetime, training: bool) -> dict[str, bytes]:
    """The register of a new folder: its framework edition and its first officer.

    Args:
        edition: the edition's file.
    """
    framework = load_edition(edition, "the shipped framework")
    chance = chance_for(training, "")
    officer = officer_id(identity, {})
    adopted = _made("edition-adopted", _of_edition(framework), officer, framework, at, chance, ())
    added = _made("officer-added", _of_officer(identity, officer), officer, framework, at, chance, (adopted.id,))
    return dict(_file(record) for record in (adopted, added))


def _of_edition(framework: Framework) -> dict[str, Plain]:
    return {"edition": framework.edition, "sha256": framework.sha256}


def _of_officer(identity: Identity, officer: str) -> dict[str, Plain]:
    return {"officer": officer, "name": identity.name, "email": identity.email}


def _made(
    kind: str,
    body: Mapping[str, Plain],
    officer: str,
    framework: Framework,
    at: datetime,
    chance: Chance,
    after: tuple[str, ...],
) -> Record:
    header = {
        "record": f"{kind}/{KINDS[kind].version}",
        "id": new_record_id(chance.choose),
        "case": REGISTER,
        "after": after,
        "recorded_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "recorded_by": officer,
        "written_by": f"sptool {__version__}",
        "framework": {"edition": framework.edition, "sha256": framework.sha256},
        "happened_on": at.astimezone(LONDON).date(),
    }
    try:
        return KINDS[kind].model_validate({**header, **body})
    except ValidationError as error:
        problems = [problem for _, problem in problems_of(error, KINDS[kind])]
        raise InvalidAnswers(problems, "Nothing was recorded.") from None


def _file(record: Record) -> tuple[str, bytes]:
    return f"{REGISTER}/{file_name(record.recorded_at, record.kind, record.id)}", as_bytes(record)


def add_officer(session: Session, identity: Identity, author: Identity) -> str:
    """Records an officer in the register.

    Returns:
        The officer's id.
    """
    officer = officer_id(identity, session.book.officers)
    record_in_register(session, "officer-added", _of_officer(identity, officer), author)
    return officer


def record_in_register(
    session: Session, kind: str, body: Mapping[str, Plain], author: Identity, first_key: SigningKey | None = None
) -> None:
    """Records something in the folder's register.

    Args:
        first_key: the key that it adds, where the step is signed with that.
    """
    _record(session, kind, body, session.book.current_edition, author, {}, first_key)


def adopt_edition(session: Session, framework: Framework, content: bytes, author: Identity) -> None:
    """Records that new cases are opened under an edition, with the edition's file.

    Args:
        content: the bytes of its file.
    """
    files = {f"framework/{framework.edition}.yaml": content}
    _record(session, "edition-adopted", _of_edition(framework), framework, author, files)


def _record(
    session: Session,
    kind: str,
    body: Mapping[str, Plain],
    framework: Framework,
    author: Identity,
    files: Mapping[str, bytes],
    first_key: SigningKey | None = None,
) -> None:
    at = session.moment()
    chance = chance_for(session.folder.settings.training, session.book.commit)
    recorded_by = officer_id(author, session.book.officers)
    record = _made(kind, body, recorded_by, framework, at, chance, session.book.register.heads)
    path, content = _file(record)
    entries = [Entry(path, content), *(Entry(name, data) for name, data in files.items())]
    step = Step(entries, commit_message(record), author, at, first_key=first_key)
    told = session.done.begin(f"{record.case}: {step_title(record)}")
    record_step(session.folder, step, lambda _: None, told=told)
    session.refresh()
