"""A record of any kind with every field filled in, made from its model. Plainly fictional."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from sptool.records.fields import CaseMark, ChildMark, FromFramework, LineMark, OfficerMark, ProseMark, RefersTo
from sptool.records.header import Record
from sptool.records.plain import allowed_values, branches, marks
from sptool.records.walk import full_annotation
from sptool.text.plain import Plain

DIGEST = "0f" * 32
PROSE = "Child A was seen on two days.\n\nNobody wrote it down: “later”, it was said."
_BY_NAME: Mapping[str, Plain] = {
    "id": "k9c3jw0e5v",
    "label": "child-a",
    "identified": "child-a",
    "record": "r4tqz8m2k6",
    "after": "r4tqz8m2k6",
    "sha256": DIGEST,
    "template": DIGEST,
    "file": "attachment-1.pdf",
    "edition": "2022-01",
    "written_by": "sptool 0.1.0",
    "public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBmadeupmadeupmadeupmadeupmadeupmadeup",
    "fingerprint": "SHA256:MadeUpMadeUpMadeUpMadeUpMadeUpMadeUpMadeUpM",
}
_BY_MARK: Mapping[type, Plain] = {
    FromFramework: "police",
    RefersTo: "r4tqz8m2k6",
    ChildMark: "child-a",
    CaseMark: "HSP-2026-K7QM3",
    OfficerMark: "officer-one",
    ProseMark: PROSE,
    LineMark: "Head of Service",
}


def filled(model: type[Record]) -> dict[str, Plain]:
    """A whole record of a kind, every field answered.

    Args:
        model: the kind of record.
    """
    plain = _fields(model)
    return {**plain, "record": f"{model.kind}/{model.version}", "case": "HSP-2026-K7QM3"}


def least(model: type[Record]) -> dict[str, Plain]:
    """A record of a kind with nothing answered but what must be."""
    needed = {info.alias or name for name, info in model.model_fields.items() if info.is_required()}
    return {name: value for name, value in filled(model).items() if name in needed}


def _fields(model: type[BaseModel]) -> dict[str, Plain]:
    # A child's id is a label, not the id of a record.
    called = {} if issubclass(model, Record) else {"id": "label"}
    return {
        info.alias or name: _value(full_annotation(info), called.get(name, name))
        for name, info in model.model_fields.items()
    }


def _value(annotation: Any, name: str) -> Plain:
    first = branches(annotation)[0]
    if get_origin(first) is tuple:
        return [_value(get_args(first)[0], name)]
    if get_origin(first) is dict:
        key, value = get_args(first)
        return {str(_value(key, "key")): _value(value, "value")}
    if isinstance(first, type) and issubclass(first, BaseModel):
        return _fields(first)
    return _single(annotation, name)


def _single(annotation: Any, name: str) -> Plain:
    found = [value for mark in marks(annotation) for kind, value in _BY_MARK.items() if isinstance(mark, kind)]
    if found:
        return found[0]
    alternatives = branches(annotation)
    if date in alternatives:
        return "2026-03-02"
    if datetime in alternatives:
        return "2026-03-02T09:14:07Z"
    words = [word for branch in alternatives for word in allowed_values(branch)]
    return words[0] if words else _BY_NAME.get(name, "some-code")
