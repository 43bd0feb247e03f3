"""How the stored folder was made, once: the demonstration, then a signing key, a signed step and a checkpoint.

To store a folder of a later format, copy this beside it: `python -m tests.format_1.storing EMPTY-FOLDER`.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from sptool.cli.main import call
from sptool.resources import shipped
from sptool.store.casebook import Casebook
from sptool.store.folder import open_case_folder
from sptool.workflow.edition import load_edition

DAY = "2026-03-10"
LATER = "2026-03-11"


def store(place: Path) -> None:
    """Stores a folder as a bundle, with what has to be read from it for ever."""
    with tempfile.TemporaryDirectory() as desk:
        folder = Path(desk) / "cases"
        _answer("--today", DAY, "demo", str(folder))
        _recorded(folder, Path(desk))
        everything = ("bundle", "create", str(place.resolve() / "folder.bundle"), "main", "--glob=refs/particulars/*")
        subprocess.run(["git", "-C", str(folder), *everything], check=True)
        _answer("--cases", str(folder), "--today", LATER, "checkpoint", "--out", str(place / "checkpoint.txt"))
        (place / "expected.json").write_text(json.dumps(read(folder), indent=1) + "\n", encoding="utf-8")
    digests = {file.name: digest_of(file.read_bytes()) for file in shipped("schemas").iterdir()}
    (place / "schemas.json").write_text(json.dumps(digests, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def digest_of(schema: bytes) -> str:
    """What identifies a schema, whatever its titles and descriptions say."""
    return hashlib.sha256(json.dumps(_unworded(json.loads(schema)), sort_keys=True).encode()).hexdigest()


def _unworded(part: object) -> object:
    if isinstance(part, list):
        return [_unworded(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    # A field may be called `title` itself: only a title that is text is wording.
    wording = {name for name in ("title", "description") if isinstance(part.get(name), str)}
    return {name: _unworded(value) for name, value in part.items() if name not in wording}


def _recorded(folder: Path, desk: Path) -> None:
    key = desk / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "stored", "-f", str(key)], check=True)
    common = ("--no-input", "--cases", str(folder), "--today", LATER)
    _answer(*common, "sign-on", "--key", str(key))
    first = next(iter(read(folder)["cases"]))
    said = desk / "note.yaml"
    said.write_text("text: Child A's case was looked at again.\n", encoding="utf-8")
    _answer(*common, "note", first, "--on", "today", "--from", str(said))


def _answer(*words: str) -> None:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        code = call(words)
    if code:
        sys.exit(f"sptool {words[-1]} answered {code}")


def read(folder: Path) -> dict[str, dict[str, list[str]]]:
    """What a folder holds: the records of each case and of the register, in their order, with their kinds."""
    book = Casebook(open_case_folder(folder), "main", load_edition)
    cases = {case.ref: [f"{record.id} {record.record}" for record in case.records] for case in book.cases()}
    return {"cases": cases, "register": {"register": [f"{one.id} {one.record}" for one in book.register.records]}}


if __name__ == "__main__":
    store(Path(sys.argv[1]))
