"""Every step of the pathway: one row for each kind of record, found by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sptool.records.kinds import CASE_KINDS
from sptool.workflow.refusals import Rule
from sptool.workflow.steps import anytime, closing, learning, notification, referral, review
from sptool.workflow.steps.row import Command, Step

_ROWS = {
    step.kind: step for stage in (referral, notification, review, learning, anytime, closing) for step in stage.STEPS
}
STEPS: Mapping[str, Step] = MappingProxyType({kind: _ROWS[kind] for kind in CASE_KINDS if kind in _ROWS})
"""By the kind of record, in the order of the pathway."""
RULES: Mapping[str, Rule] = MappingProxyType({step.kind: step.refused_by for step in STEPS.values()})
COMMANDS: Mapping[str, Command] = MappingProxyType({step.command.name: step.command for step in STEPS.values()})
"""By what is typed after `sptool`."""


def steps_of(command: Command) -> tuple[Step, ...]:
    """What a command records: the step that it is known for, then those that its switches lead to."""
    return tuple(step for step in STEPS.values() if step.command is command)


def meeting(event: str) -> Step | None:
    """The step that an officer takes so that an event of the pathway occurs; None where there is none."""
    return next((step for step in STEPS.values() if event in step.meets), None)
