"""Makes a case folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sptool.errors import UnfitFolder
from sptool.store.disk import sync_folders
from sptool.store.folder import SETTINGS_FILE, CaseFolder, FolderSettings, is_case_folder
from sptool.store.git import Git
from sptool.store.identity import Identity, set_identity
from sptool.store.lock import locked
from sptool.store.outcomes import configure
from sptool.store.recording import Entry, Step, record_on
from sptool.store.view import show

# For whoever uses git in the folder by hand; sptool gives itself the same each time.
_CONFIGURATION = {
    "core.autocrlf": "false",
    "core.fsync": "all",
    "core.fsyncMethod": "fsync",
    "core.safecrlf": "false",
    "gc.auto": "0",
}


def create_case_folder(
    root: Path,
    settings: FolderSettings,
    files: Mapping[str, bytes],
    author: Identity,
    at: datetime,
    message: str,
    user: Identity | None = None,
) -> CaseFolder:
    """Makes a case folder whose first commit holds its settings and the files given; whole or not at all.

    Args:
        root: where; it must not exist yet, or be empty.
        files: the other files: path and content.
        user: as whom git is to know whoever works in it on this computer; nobody if not given.

    Raises:
        UnfitFolder: there is something at that place, or a case folder around it.
    """
    root = root.resolve()
    _refuse_occupied(root)
    root.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".sptool-new-", dir=root.parent))
    try:
        entries = [Entry(SETTINGS_FILE, settings.as_yaml())]
        entries += [Entry(path, content) for path, content in files.items()]
        _found(CaseFolder(building, settings), Step(entries, message, author, at), user)
        if root.exists():
            root.rmdir()
        building.rename(root)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    with suppress(OSError):  # the folder is there, and whole
        sync_folders([root.parent])
    return CaseFolder(root, settings)


def _refuse_occupied(root: Path) -> None:
    if is_case_folder(root):
        raise UnfitFolder("There is a case folder at that place already. Nothing was changed.")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UnfitFolder(
            "There is something else at that place already. Nothing was changed.",
            "Name a folder that is empty or does not exist yet.",
        )
    if any(is_case_folder(parent) for parent in root.parents):
        raise UnfitFolder(
            "That place lies inside another case folder. Nothing was changed.",
            "Name a folder outside it.",
        )


def _found(folder: CaseFolder, step: Step, user: Identity | None) -> None:
    git = folder.git
    repository = {"GIT_DIR": str(folder.root / ".git")}
    git.run("init", "--quiet", "--initial-branch=main", "--template=", settings=repository)
    for name, value in _CONFIGURATION.items():
        configure(git, name, value)
    if user is not None:
        set_identity(folder.root, user)
    with locked(folder.workshop) as held:
        git = Git(folder.root, (held,))
        show(git, folder.workshop, *record_on(git, folder, None, step))
