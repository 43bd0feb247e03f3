"""Whether the folder's objects are sound and complete, and whether anything changes how git reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from sptool.audit.findings import Finding
from sptool.records.references import is_reference
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN, PARTICULARS, Git, GitFailed

_REMOTES = "refs/remotes/"
_REPLACED = "refs/replace/"
_PLAIN_ATTRIBUTES = frozenset({"-text", "-filter", "-ident", "!filter", "!ident", "!text"})
# What git itself writes, what sptool sets, and what people need to share a folder. Nothing here starts a program.
_HARMLESS = re.compile(
    r"""
    core\.(repositoryformatversion|filemode|bare|autocrlf|eol|fsync|fsyncmethod|safecrlf|logallrefupdates|ignorecase
          |precomposeunicode|symlinks|hidedotfiles|sharedrepository|longpaths|protecthfs|protectntfs|quotepath
          |commitgraph|multipackindex|compression|bigfilethreshold|abbrev)
    |extensions\.(objectformat|refstorage|preciousobjects|worktreeconfig)
    |gc\.(?!recentobjectshook).*
    |(pack|repack|feature|color|column|maintenance|advice|status|fetch|push|pull)\..*|index\.(version|threads)
    |user\.(name|email|signingkey|useconfigonly)|(author|committer)\.(name|email)
    |(commit|tag)\.gpgsign|gpg\.format|gpg\.ssh\.allowedsignersfile
    |remote\..*\.(url|pushurl|fetch|push|tagopt|prune|prunetags|skipfetchall)|remote\.pushdefault
    |branch\..*\.(remote|pushremote|merge|rebase|description)|branch\.(autosetupmerge|autosetuprebase|sort)
    |merge\.(ff|conflictstyle|renames|log|stat|verifysignatures)|rerere\.(enabled|autoupdate)
    |sptool\..*
    """,
    re.VERBOSE,
)
_PROGRAM_AS_URL = re.compile(r"(ext|fd)::")


def look_at_store(folder: CaseFolder) -> Iterator[Finding]:
    """What is damaged, missing or borrowed among the objects."""
    repository = folder.root / ".git"
    if _says_something(repository / "shallow"):
        yield Finding("shallow", "failed", "The history was cut off when it was fetched: it is shallow.")
    if _is_partial(folder.git, repository):
        yield Finding("partial", "failed", "Objects were left out when the folder was cloned: it is partial.")
    for name in ("objects/info/alternates", "objects/info/http-alternates", "commondir"):
        if _says_something(repository / name):
            what = "Objects are borrowed from another place, which can change or go."
            yield Finding("alternates", "failed", what, "", f".git/{name}")
    for place in _led_elsewhere(repository / "objects"):
        what = "Objects stand in another place, to which a link leads."
        yield Finding("alternates", "failed", what, "", place.relative_to(folder.root).as_posix())
    try:
        folder.git.run("fsck", "--full", "--strict", "--no-dangling", "--no-progress", "--no-reflogs")
    except GitFailed:
        yield Finding("objects", "failed", "git finds damaged or missing objects. To see which: git fsck --strict")


def _led_elsewhere(objects: Path) -> Iterator[Path]:
    """Links among the folders and packs of objects."""
    packs = objects / "pack"
    inside = [*objects.iterdir(), *(packs.iterdir() if packs.is_dir() else ())]
    return (place for place in (objects, *inside) if place.is_symlink())


def _says_something(file: Path) -> bool:
    """Whether a file is there and holds more than blanks and comments."""
    return any(not line.startswith(b"#") for line in _lines(file))


def _lines(file: Path) -> list[bytes]:
    try:
        return _told(file.read_bytes()) if file.is_file() else []  # a pipe would keep its reader waiting
    except OSError:
        return []


def _told(content: bytes) -> list[bytes]:
    return [line.strip() for line in content.splitlines() if line.strip()]


def _is_partial(git: Git, repository: Path) -> bool:
    settings = git.run("config", "--file", str(repository / "config"), "--no-includes", "--list", "--name-only")
    names = settings.decode(errors="replace").casefold().split()
    promised = any(name.endswith((".promisor", ".partialclonefilter")) for name in names)
    return promised or "extensions.partialclone" in names or any(repository.glob("objects/pack/*.promisor"))


def look_at_reading(folder: CaseFolder) -> Iterator[Finding]:
    """What makes git show another history than was recorded, or start a program while showing it."""
    repository = folder.root / ".git"
    if _says_something(repository / "info" / "grafts"):
        what = "Commits are given other parents when git reads them (grafts)."
        yield Finding("grafts", "failed", what, "", ".git/info/grafts")
    if _lines(folder.root / ".mailmap"):
        yield Finding("mailmap", "failed", "git shows other names than were recorded (mailmap).", "", ".mailmap")
    yield from _all_attributes(folder)
    yield from look_at_configuration(folder.git, repository)
    yield from _hooks(repository / "hooks")
    yield from _refs(folder.git)
    yield from _before_main(repository)
    yield from _head(repository)


def _all_attributes(folder: CaseFolder) -> Iterator[Finding]:
    recorded = folder.git.run("cat-file", "--batch", stdin=f"{MAIN}:.gitattributes\n".encode())
    yield from _attributes(_told(recorded.partition(b"\n")[2]), ".gitattributes, as recorded")
    places = [folder.root / ".git" / "info" / "attributes"]
    for place, below, files in os.walk(folder.root):
        below[:] = sorted(name for name in below if name != ".git")
        places += [Path(place) / name for name in files if name == ".gitattributes"]
    for file in places:
        yield from _attributes(_lines(file), file.relative_to(folder.root).as_posix())


def _attributes(lines: list[bytes], shown: str) -> Iterator[Finding]:
    """Only that bytes are kept as they are may be said; anything else can hide what changed."""
    for line in lines:
        words = line.decode(errors="replace").split()
        if not line.startswith(b"#") and not (words[0] == "*" and set(words[1:]) <= _PLAIN_ATTRIBUTES):
            what = "Attributes are set that can hide what changed, or change what is shown."
            yield Finding("attributes", "failed", what, "", shown)
            return


def _hooks(folder: Path) -> Iterator[Finding]:
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    for hook in found:
        if not hook.name.endswith(".sample") and (os.name != "posix" or os.access(hook, os.X_OK)):
            what = "A program waits to be started by git (a hook)."
            yield Finding("hooks", "failed", what, "", f".git/hooks/{hook.name}")


def _refs(git: Git) -> Iterator[Finding]:
    for ref in git.run("for-each-ref", "--format=%(refname)").decode(errors="replace").split():
        if ref.startswith(_REPLACED):
            what = "An object is replaced by another when git reads it."
            yield Finding("replaced", "failed", what, ref.removeprefix(_REPLACED), ref)
        elif ref != MAIN and not ref.startswith(_REMOTES) and not _is_of_a_case(ref):
            what = "A branch, tag or other ref stands beside main; what it leads to is not verified."
            yield Finding("refs", "failed", what, "", ref)


def _is_of_a_case(ref: str) -> bool:
    return ref.startswith(PARTICULARS) and is_reference(ref.removeprefix(PARTICULARS))


def _before_main(repository: Path) -> Iterator[Finding]:
    """git takes a file of this name for main before it looks among the branches."""
    if (repository / "main").exists():
        what = "A file beside the branches goes by the name of main, and git shows what it leads to."
        yield Finding("refs", "failed", what, "", ".git/main")


def _head(repository: Path) -> Iterator[Finding]:
    if _lines(repository / "HEAD") != [f"ref: {MAIN}".encode()]:
        what = "The folder shows something else than main. To go back to it: git switch main"
        yield Finding("head", "failed", what, "", ".git/HEAD")


def look_at_configuration(git: Git, repository: Path) -> Iterator[Finding]:
    """Settings that are not known to be harmless. Their values are not shown.

    Args:
        repository: its `.git`.
    """
    for name in ("config", "config.worktree"):
        if (repository / name).exists():
            for key, value in _settings(git, repository / name):
                if not _is_harmless(key, value):
                    what = "A setting of the folder can start a program or change what git shows."
                    yield Finding("configuration", "failed", what, "", f".git/{name}", (key,))


def _settings(git: Git, file: Path) -> Iterator[tuple[str, str]]:
    listed = git.run("config", "--file", str(file), "--no-includes", "--list", "-z").decode(errors="replace")
    for entry in listed.split("\0"):
        if entry:
            key, _, value = entry.partition("\n")
            yield key, value


def _is_harmless(key: str, value: str) -> bool:
    folded = key.casefold()
    return _HARMLESS.fullmatch(folded) is not None and not _PROGRAM_AS_URL.match(value)
