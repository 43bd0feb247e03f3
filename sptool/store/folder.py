"""The case folder: what it says about itself, and how it is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from sptool.errors import Problem, UnfitFile, UnfitFolder, UsageError
from sptool.resources import origin
from sptool.store.git import MAIN, Git, GitFailed
from sptool.store.reader import Reader
from sptool.store.workshop import workshop_of
from sptool.text.plain import Plain

SETTINGS_FILE = "sptool.yaml"
NEWEST_FORMAT = 1

_KINDS: dict[str, tuple[type, str]] = {
    "format": (int, "a whole number"),
    "prefix": (str, "text"),
    "partnership": (str, "text"),
    "training": (bool, "true or false"),
}


@dataclass(frozen=True)
class FolderSettings:
    """What a case folder says about itself in sptool.yaml.

    Args:
        format: the version of the folder's format.
        prefix: how the references of its cases begin, such as HSP.
        training: the folder is for practice, and a made-up "today" may be recorded in it.
    """

    format: int
    prefix: str
    partnership: str
    training: bool

    def as_yaml(self) -> bytes:
        """The content of sptool.yaml."""
        from sptool.text.yaml import write_yaml

        return write_yaml(asdict(self))


@dataclass(frozen=True)
class CaseFolder:
    """One partnership's cases: a git repository of their own."""

    root: Path
    settings: FolderSettings

    @property
    def git(self) -> Git:
        """git in this folder, for reading."""
        return Git(self.root)

    @cached_property
    def reader(self) -> Reader:
        """What reads many things from this folder in one go."""
        return Reader(self.git)

    @property
    def workshop(self) -> Path:
        """Where sptool keeps what is nobody's record: lock, journal and index."""
        return workshop_of(self.root)


def find_root(start: Path, named: Path | None) -> Path:
    """Where the case folder to work in is: the one named, else the nearest upwards, else the only one under `cases`.

    Args:
        start: the folder from which to look.
        named: what the officer named with `--cases`, if anything.

    Raises:
        UnfitFolder: there is none, or it can't be used.
        UsageError: there are several under `cases`, and none was named.
    """
    if named is not None:
        return fit_root(named)
    start = start.resolve()
    for folder in (start, *start.parents):
        if is_case_folder(folder):
            return fit_root(folder)
    below = sorted(folder for folder in (start / "cases").glob("[!.]*") if is_case_folder(folder))
    if len(below) > 1:
        choices = "\n".join(f"  --cases {folder.relative_to(start).as_posix()}" for folder in below)
        raise UsageError(f"There is more than one case folder here. Say which one:\n{choices}")
    if not below:
        raise UnfitFolder("There is no case folder here.", "To make one: sptool init")
    return fit_root(below[0])


def is_case_folder(folder: Path) -> bool:
    """Whether this is a case folder, fit or not."""
    return (folder / SETTINGS_FILE).is_file()


def open_case_folder(root: Path) -> CaseFolder:
    """The case folder at this place, with its settings as they were last committed.

    Raises:
        UnfitFolder: it is no case folder, or newer than this sptool, or its git repository is missing.
    """
    root = fit_root(root)
    return CaseFolder(root, read_settings(_committed_settings(root)))


def fit_root(root: Path) -> Path:
    """The place of a case folder, made absolute.

    Raises:
        UnfitFolder: it is no case folder, or its git repository is missing.
    """
    root = root.resolve()
    if not is_case_folder(root):
        raise UnfitFolder("The folder named is not a case folder.", "To make one: sptool init DIR")
    if not (root / ".git").is_dir():
        raise UnfitFolder(
            "The case folder has lost its git repository, and with it its records.",
            "Get it back from a backup, or clone it afresh from where it is shared.",
        )
    return root


def _committed_settings(root: Path) -> bytes:
    # From the commit: a hand edit must not turn a live folder into a training folder.
    try:
        return Git(root).run("cat-file", "blob", f"{MAIN}:{SETTINGS_FILE}")
    except GitFailed as error:
        from sptool.store.remains import without_index  # takes time to load, and is hardly ever needed

        lost = [pack.relative_to(root).as_posix() for pack in without_index(root) if pack.stem[5:].isalnum()]
        if lost:
            raise UnfitFolder(
                "The index of a pack is lost, so git finds nothing in it. The pack itself is here, with its records.",
                "\n  ".join(
                    ("To make the index anew, in the case folder:", *(f"git index-pack {pack}" for pack in lost))
                ),
            ) from error
        if not any(words in error.said for words in ("does not exist", "object name")):
            raise
        raise UnfitFolder(
            f"The case folder has no {SETTINGS_FILE} on its branch main.",
            "Get it back from a backup, or clone it afresh from where it is shared.",
        ) from error


def read_settings(content: bytes) -> FolderSettings:
    """The settings in a sptool.yaml.

    Raises:
        UnfitFile: a setting is missing or of the wrong kind.
        UnfitFolder: the folder was made by a newer sptool.
    """
    from sptool.text.yaml import read_plain  # slow to import, and what an index holds of the settings needs none

    data = read_plain(content, SETTINGS_FILE)
    given = data if isinstance(data, dict) else {}
    number = given.get("format")
    if isinstance(number, int) and number > NEWEST_FORMAT and number is not True:
        raise UnfitFolder(
            "The case folder was made by a newer sptool than this one.",
            _how_to_update(),
        )
    if problems := _problems(given):
        raise UnfitFile(problems, f"To see the last change: git log -p {SETTINGS_FILE}")
    return FolderSettings(
        format=number if isinstance(number, int) else 0,
        prefix=str(given["prefix"]),
        partnership=str(given["partnership"]),
        training=given["training"] is True,
    )


def _how_to_update() -> str:
    came = origin()
    where = f"from the place where this one came from: {came}" if came else "from the person who looks after it"
    return f"Get the newer one {where}\nIt is not on any public package index, so never install it by its name alone."


def _problems(given: Mapping[str, Plain]) -> list[Problem]:
    return [
        Problem(f"this must be {wanted}", field=name, file=SETTINGS_FILE)
        for name, (kind, wanted) in _KINDS.items()
        if type(given.get(name)) is not kind  # to Python, true is a number too
    ]
