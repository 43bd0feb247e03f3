"""The fault sweeps work on the same small case folder as the store's own tests."""

from __future__ import annotations

import pytest

from tests.store.conftest import folder, home, made_once


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes after a kill waits for locks that nobody holds; here the killed are known to be dead."""
    monkeypatch.setattr("sptool.store.left_locks._PATIENCE", 0.1)


__all__ = ["folder", "home", "made_once"]
