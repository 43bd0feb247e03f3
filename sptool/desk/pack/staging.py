"""Puts a pack together out of sight, and shows it whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sptool.errors import UsageError
from sptool.store.disk import adopt

SUMS = "SHA256SUMS"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same files give the same bytes
_PRIVATE_FILE = 0o600


@dataclass(frozen=True)
class Pack:
    """A pack that is being put together.

    Args:
        root: where its files stand until it is whole.
    """

    root: Path

    def add(self, path: str, content: bytes) -> None:
        """Puts a file into the pack, readable by its owner only.

        Args:
            path: where in the pack, with `/` between the parts.
        """
        place = self.place(path)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(place, flags, _PRIVATE_FILE), "wb") as opened:
            opened.write(content)

    def place(self, path: str) -> Path:
        """Where a file of the pack is to be written by another program; its folder is there."""
        place = self.root.joinpath(*path.split("/"))
        for folder in reversed(place.relative_to(self.root).parents):
            (self.root / folder).mkdir(mode=0o700, exist_ok=True)
        return place

    def paths(self) -> list[str]:
        """Every file of the pack, in order."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

    def add_sums(self) -> None:
        """Adds the digest of every file, as `sha256sum --check` reads them."""
        lines = (f"{sha256(self.place(path).read_bytes()).hexdigest()}  {path}\n" for path in self.paths())
        self.add(SUMS, "".join(lines).encode(errors="surrogateescape"))  # a name may be no UTF-8


def free_place(typed: str, cases: Path) -> Path:
    """Where a pack goes.

    Args:
        typed: as typed: a folder that is not there yet, or a file that ends in `.zip`.

    Raises:
        UsageError: it lies among the records, something stands there, or its own folder is missing.
    """
    place = Path(typed)
    whole = place.resolve()
    if whole.is_relative_to(cases.resolve()):
        raise UsageError("A pack doesn't belong among the records.", "Name a place outside: --to DIR or --to FILE.zip")
    if os.path.lexists(place):
        raise _taken()
    if not whole.parent.is_dir():
        raise UsageError("The folder in which the pack is to stand is not there.", "Make it first, or name another.")
    return place


@contextmanager
def staged(place: Path) -> Iterator[Pack]:
    """A pack to be filled. It appears at its place once it is whole; if anything fails, nothing is left.

    Args:
        place: as `free_place` gives it.

    Raises:
        UsageError: it can't be written there, or something came to stand there meanwhile.
    """
    try:
        aside = Path(tempfile.mkdtemp(prefix=".sptool-", dir=place.resolve().parent))
    except OSError:
        raise UsageError("Nothing can be written there.", "Name another place: --to DIR or --to FILE.zip") from None
    try:
        pack = Pack(aside / "pack")
        pack.root.mkdir(mode=0o700)
        yield pack
        pack.add_sums()
        _show(pack, place, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _show(pack: Pack, place: Path, aside: Path) -> None:
    if place.suffix.lower() == ".zip":
        zipped = aside / "pack.zip"
        _zip(pack, place.stem, zipped)
        shown = adopt(zipped, place)
    else:
        shown = not os.path.lexists(place)
        if shown:
            pack.root.rename(place)
    if not shown:
        raise _taken()


def _zip(pack: Pack, name: str, zipped: Path) -> None:
    if any(not path.isprintable() for path in pack.paths()):
        raise UsageError("The history holds a file whose name no zip can hold.", "Into a folder instead: --to DIR")
    with zipfile.ZipFile(zipped, "x", zipfile.ZIP_DEFLATED) as opened:
        for path in pack.paths():
            entry = zipfile.ZipInfo(f"{name}/{path}", _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever this computer is
            entry.external_attr = _PRIVATE_FILE << 16
            opened.writestr(entry, pack.place(path).read_bytes())
    zipped.chmod(_PRIVATE_FILE)


def _taken() -> UsageError:
    return UsageError("Something with that name is already there.", "Name another place: --to DIR or --to FILE.zip")
