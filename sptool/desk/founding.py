"""A new case folder: what is said of it, and its first files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sptool.desk.clock import Clock
    from sptool.store.identity import Identity

PREFIX = re.compile(r"[A-Z]{2,6}")
EDITION = "2022-01"
ALWAYS = {"gitattributes": ".gitattributes", "README.md": "README.md"}


@dataclass(frozen=True)
class Founding:
    """What is said of a new case folder."""

    prefix: str
    partnership: str
    training: bool


def found(root: Path, founding: Founding, identity: Identity, clock: Clock) -> None:
    """Makes the case folder with its first commit: framework, register, README."""
    from sptool.store.folder import NEWEST_FORMAT, FolderSettings
    from sptool.store.founding import create_case_folder

    settings = FolderSettings(NEWEST_FORMAT, founding.prefix, founding.partnership, founding.training)
    files = _first_files(founding, identity, clock.now)
    create_case_folder(root, settings, files, identity, clock.now, "register: case folder made\n", identity)


def _first_files(founding: Founding, identity: Identity, at: datetime) -> dict[str, bytes]:
    from string import Template

    from sptool.desk.register import first_records
    from sptool.resources import shipped

    scaffold = shipped("templates", "case-folder")
    files = {target: (scaffold / source).read_bytes() for source, target in ALWAYS.items()}
    text = Template(files["README.md"].decode()).safe_substitute(
        partnership=founding.partnership, practice=_PRACTICE if founding.training else ""
    )
    edition = (scaffold / "framework" / f"{EDITION}.yaml").read_bytes()
    files |= {"README.md": text.encode(), f"framework/{EDITION}.yaml": edition}
    return files | first_records(edition, identity, at, founding.training)


_PRACTICE = "\n**This folder is for practice. Nothing in it is about a real child.**\n"
