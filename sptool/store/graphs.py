"""git's commit-graph: a ready-made list of commits and of the paths that each changed, so that histories are quick.

It lists main's commits only. A commit of particulars in it would outlive their erasure.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sptool.store.git import MAIN, Git
from sptool.store.left_locks import clear_locks_of_graphs
from sptool.store.outcomes import bring_about

_CHANGED_PATHS = b"BIDX"  # the chunk of the file that holds them; gitformat-commit-graph(5)
_HEADER = 8  # bytes, then 12 for each chunk
_CHUNK = 12


def has_graph(root: Path) -> bool:
    """Whether there is a list of commits, of whatever kind."""
    return bool(_layers(root))


def knows_paths(root: Path) -> bool:
    """Whether there is a list, and all of it tells which paths a commit changed."""
    layers = _layers(root)
    return bool(layers) and all(_tells_paths(layer) for layer in layers)


def extend_graph(git: Git) -> None:
    """Adds the commits of main that the list doesn't have yet. Needs the lock on the folder."""
    _write(git, "--split")


def make_graph(git: Git) -> None:
    """Makes the list anew, of main's commits and no others. Needs the lock on the folder."""
    _write(git, "--split=replace")


def _write(git: Git, how: str) -> None:
    clear_locks_of_graphs(git.root)
    tip = git.run("rev-parse", "--verify", f"{MAIN}^{{commit}}")
    words = ("commit-graph", "write", how, "--changed-paths", "--stdin-commits", "--no-progress")
    bring_about(git, *words, there=lambda: _lists(git.root, tip.decode().strip()), stdin=tip)


def _lists(root: Path, commit: str) -> bool:
    return any(layer.exists() and bytes.fromhex(commit) in layer.read_bytes() for layer in _layers(root))


def _layers(root: Path) -> Sequence[Path]:
    place = root / ".git" / "objects" / "info"
    if (place / "commit-graph").exists():
        return [place / "commit-graph"]
    chain = place / "commit-graphs" / "commit-graph-chain"
    names = chain.read_text("ascii").split() if chain.exists() else []
    return [chain.with_name(f"graph-{name}.graph") for name in names]


def _tells_paths(layer: Path) -> bool:
    if not layer.exists():
        return False
    with layer.open("rb") as file:
        header = file.read(_HEADER)
        chunks = file.read(_CHUNK * header[6]) if len(header) == _HEADER else b""
    return _CHANGED_PATHS in (chunks[at : at + 4] for at in range(0, len(chunks), _CHUNK))
