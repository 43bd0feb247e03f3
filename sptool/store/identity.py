"""Who records a step, as git knows them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from sptool.store.git import Git, environment, program
from sptool.store.outcomes import configure


@dataclass(frozen=True)
class Identity:
    """The name and e-mail address under which a step is committed."""

    name: str
    email: str


def user_identity(root: Path) -> Identity | None:
    """Who the user is, by the case folder's own git configuration, else by the user's.

    Args:
        root: the case folder, which need not exist yet.

    Returns:
        None if name or e-mail address is missing or empty.
    """
    inside = (root / ".git").is_dir()
    done = subprocess.run(
        [program(), "config", *(() if inside else ("--global",)), "-z", "--get-regexp", r"^user\.(name|email)$"],
        cwd=root if inside else None,
        env=environment(root, users_own=True),
        capture_output=True,
        check=False,
    )
    pairs = (entry.partition("\n") for entry in done.stdout.decode(errors="replace").split("\0") if entry)
    # The folder's own configuration comes last, and so it wins.
    said = {key: value.strip() for key, _, value in pairs}
    name, email = said.get("user.name", ""), said.get("user.email", "")
    return Identity(name, email) if name and email else None


def set_identity(root: Path, identity: Identity) -> None:
    """Makes git know the user in this case folder, and only there."""
    git = Git(root)
    configure(git, "user.name", identity.name)
    configure(git, "user.email", identity.email)
