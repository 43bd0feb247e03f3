"""Every kind of record: a model that names its kind is one, by standing in a module that is named here."""

from __future__ import annotations

from types import ModuleType

from sptool.records import anytime, closing, learning, notification, referral, register, review
from sptool.records.header import Record


def _models(*modules: ModuleType) -> dict[str, type[Record]]:
    """The models of some modules, by their kinds, in the order in which they stand there."""
    return {
        found.kind: found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Record)
        if found.__module__ == module.__name__ and "kind" in vars(found)
    }


CASE_KINDS: dict[str, type[Record]] = _models(referral, notification, review, learning, anytime, closing)
"""In the order of the pathway."""
REGISTER_KINDS: dict[str, type[Record]] = _models(register)
KINDS: dict[str, type[Record]] = CASE_KINDS | REGISTER_KINDS
