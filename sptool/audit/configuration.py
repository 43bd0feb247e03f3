"""The folder's own git configuration: what may stand there, and what starts a program or changes what git shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sptool.audit.findings import Finding
from sptool.store.git import Git

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
