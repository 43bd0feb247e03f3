"""The shipped edition, and the deadlines of a case under it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.workflow.deadlines import Deadline, deadlines
from tests.making import shipped_framework

DeadlinesOf = Callable[..., dict[str, Deadline]]


@pytest.fixture(scope="session")
def framework() -> Framework:
    return shipped_framework()


@pytest.fixture(scope="session")
def of(framework: Framework) -> DeadlinesOf:
    """The deadlines of a case by id; where there are several of one id, by id and a number from 1."""

    def find(case: Case, under: Framework = framework, contested: frozenset[str] = frozenset()) -> dict[str, Deadline]:
        found: dict[str, Deadline] = {}
        for deadline in deadlines(case, under, lambda rule: england_calendar(under, rule.id), contested):
            number = sum(name.split("#")[0] == deadline.id for name in found)
            found[f"{deadline.id}#{number}" if number else deadline.id] = deadline
        return found

    return find
