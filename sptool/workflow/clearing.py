"""What has to be typed for a deadline: the step that meets it, or the one that has to come first."""

from __future__ import annotations

from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.workflow.deadlines import Deadline
from sptool.workflow.steps import RULES, meeting


def kind_for(deadline: Deadline) -> str:
    """The kind of record that meets a deadline, or nothing if an edition lets something unusual meet it."""
    step = meeting(deadline.rule.met_by)
    return step.kind if step else ""


def command_now(deadline: Deadline, case: Case, framework: Framework, contested: frozenset[str] = frozenset()) -> str:
    """What to type now: the deadline's own command, or the one that must come first.

    Args:
        contested: the ids of records in conflict: where those would meet it, settling them comes first.
    """
    if any(record.id in contested and record.kind == kind_for(deadline) for record in case.records):
        return f"sptool resolve {case.ref}"
    rule = RULES.get(kind_for(deadline))
    refusal = rule(case, framework) if rule else None
    first = refusal.first.splitlines()[0] if refusal else ""
    return first if first.startswith("sptool ") else deadline.command
