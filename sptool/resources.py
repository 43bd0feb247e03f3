"""Finds the files that ship with the program, and where the program itself came from."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(*parts: str) -> Path:
    """The path of a shipped file or folder: beside the package in a checkout, inside it once installed.

    Args:
        parts: where it stands, such as `"templates", "documents"`.
    """
    installed = _PACKAGE / "_data"
    return (installed if installed.is_dir() else _PACKAGE.parent).joinpath(*parts)


def origin() -> str:
    """The checkout or the wheel that this sptool was installed from; empty where the installation doesn't say."""
    # Asked for only where something is missing: these take as long to load as a list takes to show.
    import json
    from importlib.metadata import PackageNotFoundError, distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        said = distribution("sptool").read_text("direct_url.json")
    except PackageNotFoundError:
        said = None
    place = urlsplit(json.loads(said)["url"]) if said else None
    return url2pathname(place.path) if place and place.scheme == "file" else ""
