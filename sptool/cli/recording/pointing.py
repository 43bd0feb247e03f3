"""Shows what the criteria answers point to, clause by clause, before the decision is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from sptool.cli.screen import tell_item
from sptool.framework.models import Framework
from sptool.records.notification import CriteriaAnswers
from sptool.text.plain import Plain
from sptool.workflow.criteria import Pointing, notification_points_to
from sptool.workflow.names import label_of
from sptool.workflow.subjects import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINTS = {
    "notify": "The answers point to: notify the Panel.",
    "do-not-notify": "The answers point to: do not notify.",
    "not-clear": "The answers do not point either way yet: something that matters is not known.",
}


def show_pointing(kind: str, field: str, answers: Mapping[str, Plain], framework: Framework) -> None:
    """After the criteria of a notification decision or a nomination: what they point to and why."""
    if field != "criteria" or kind not in ("notification-decision", "nomination"):
        return
    try:
        given = TypeAdapter(tuple[CriteriaAnswers, ...]).validate_python(answers.get("criteria"))
    except ValidationError:
        return
    for line in pointing_lines(notification_points_to(given, framework)):
        tell_item(line)


def pointing_lines(pointing: Pointing) -> Sequence[str]:
    """What the answers point to, as lines to read."""
    lines = [
        f"{label_of(clause.child)}: {clause.criterion.name}: {in_words(clause.answer)}. [{clause.source}]"
        for clause in pointing.clauses
    ]
    grounds = f" Met: ground {' and '.join(pointing.grounds)}." if pointing.grounds else ""
    return [*lines, _POINTS[pointing.outcome] + grounds]
