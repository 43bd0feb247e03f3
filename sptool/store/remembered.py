"""What takes long to work out, kept beside the records until what it came from changes. It can be lost without loss.

What somebody else put there, or changed, is not read: a day more or less would move a deadline.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from sptool import __version__
from sptool.errors import SptoolError
from sptool.store.seal import Seal
from sptool.store.workshop import read, write
from sptool.text.plain import Plain


def remembered(workshop: Path, name: str, made_of: str, make: Callable[[], Plain]) -> Plain:
    """What was kept, or what is made afresh and kept if the disk allows it.

    Args:
        name: what it is kept under.
        made_of: what identifies everything that it is worked out from; if that is another, it is made afresh.
    """
    place = workshop / f"{name}.json"
    seal = Seal(place)
    kept = _read(workshop, place.name) if seal.fits() else None
    if isinstance(kept, dict) and kept.get("made_of") == made_of and "holds" in kept:
        return kept["holds"]
    holds = make()
    with suppress(OSError, SptoolError):  # a folder that may only be read, or no home, is served a little slower
        write(workshop, place.name, json.dumps({"made_of": made_of, "holds": holds}).encode())
        seal.put()
    return holds


def _read(workshop: Path, name: str) -> Plain:
    try:
        found: Plain = json.loads(read(workshop, name) or b"")
    except (OSError, ValueError):
        return None
    return found


def bank_holidays(workshop: Path) -> Mapping[date, str]:
    """Every bank holiday of England; the package that knows them takes longer to load than all the rest of sptool."""
    made_of = f"{__version__} {_package('holidays')}"
    kept = remembered(workshop, "bank-holidays", made_of, _from_the_package)
    return _as_days(kept) or _as_days(_from_the_package())


def _as_days(kept: Plain) -> dict[date, str]:
    """The days in what was kept; none if it was spoilt, since a day left out would move a deadline."""
    try:
        return {date.fromisoformat(day): str(name) for day, name in kept.items()} if isinstance(kept, dict) else {}
    except ValueError:
        return {}


def _from_the_package() -> Plain:
    from sptool.framework.calendar import england_bank_holidays

    return {day.isoformat(): name for day, name in england_bank_holidays().items()}


def _package(name: str) -> str:
    """Which copy of a package is installed, told without loading it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return ""
    origin = Path(spec.origin)
    versions = sorted(found.name for found in origin.parents[1].glob(f"{name}-*.dist-info"))
    return f"{origin} {origin.stat().st_mtime_ns} {' '.join(versions)}"
