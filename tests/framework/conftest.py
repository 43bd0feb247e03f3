"""The shipped edition, and a way to change a part of it as an officer would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sptool.framework.models import Framework
from sptool.workflow.edition import load_edition

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "templates" / "case-folder" / "framework" / "2022-01.yaml"


@pytest.fixture(scope="session")
def shipped_bytes() -> bytes:
    return SHIPPED.read_bytes()


@pytest.fixture(scope="session")
def shipped(shipped_bytes: bytes) -> Framework:
    return load_edition(shipped_bytes, SHIPPED.name)


@pytest.fixture
def edited(shipped_bytes: bytes) -> Callable[..., bytes]:
    """The shipped file with lines exchanged; each line to be exchanged must be there."""

    def edit(*changes: tuple[str, str]) -> bytes:
        text = shipped_bytes.decode()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        return text.encode()

    return edit
