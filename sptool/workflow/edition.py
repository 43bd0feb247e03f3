"""An edition of the framework, held against what this program knows: its kinds of record and its events."""

from __future__ import annotations

from functools import lru_cache

from sptool.framework.loading import load_framework
from sptool.framework.models import Framework
from sptool.records.kinds import CASE_KINDS
from sptool.workflow.events import EVENTS


@lru_cache(maxsize=8)
def load_edition(content: bytes, name: str) -> Framework:
    """An edition from the bytes of its file.

    Args:
        name: what messages call the file.

    Raises:
        UnfitFile: with every problem, each with its line and field.
    """
    return load_framework(content, name, CASE_KINDS, {event.id: event.each for event in EVENTS.values()})
