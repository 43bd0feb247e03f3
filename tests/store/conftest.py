"""Every test gets its own case folder, and a home in which nothing is set up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sptool.store.folder import CaseFolder

from .setting import make


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "home"
    place.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(place))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return place


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    """The folder that every test gets a copy of."""
    return make(tmp_path_factory.mktemp("pattern") / "tst")


@pytest.fixture
def folder(made_once: CaseFolder, tmp_path: Path) -> CaseFolder:
    place = tmp_path / "cases" / "tst"
    shutil.copytree(made_once.root, place)
    return CaseFolder(place, made_once.settings)
