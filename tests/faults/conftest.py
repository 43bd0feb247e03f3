"""The fault sweeps work on the same small case folder as the store's own tests."""

from __future__ import annotations

from tests.store.conftest import folder, home, made_once

__all__ = ["folder", "home", "made_once"]
