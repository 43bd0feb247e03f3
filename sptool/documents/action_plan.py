"""The action plan of a case: who does what by when, how success is seen, and whether it was (framework, section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sptool.documents.context import CaseFacts, Material
from sptool.documents.kinds import COLLEAGUE, Document, unless
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.learning import Action, ActionAssurance, ActionUpdate, LearningOutcome
from sptool.text.english import in_full
from sptool.workflow.deadlines import Deadline
from sptool.workflow.state import ActionState, actions, root_of

STATUS: Mapping[str, str] = MappingProxyType(
    {
        "not-started": "Not started",
        "on-track": "On track",
        "at-risk": "At risk",
        "complete-awaiting-evidence": "Complete, awaiting evidence",
        "assured": "Assured",
        "not-implemented": "Not implemented",
    }
)


@dataclass(frozen=True)
class AssuranceFacts:
    """That an action was done, and whether it made a difference.

    Args:
        assured_by: the role; not the owner's.
    """

    assured_on: str
    assured_by: str
    evidence: str
    difference: Literal["made-a-difference", "no-difference-seen", "too-early-to-say"]
    difference_evidence: str | None


@dataclass(frozen=True)
class ActionFacts:
    """An action as it stands.

    Args:
        first_due_on: the date first agreed, if it has moved.
        late: whether its date has passed and it is still open.
        assurance: set once somebody has assured it.
    """

    what: str
    owner: str
    agency: str
    agreed_on: str
    due_on: str
    first_due_on: str | None
    status: str
    late: bool
    success: str
    theme: str | None
    note: str | None
    reason: str | None
    assurance: AssuranceFacts | None


@dataclass(frozen=True)
class ActionPlan(CaseFacts):
    """What the template of the action plan can name, besides what every document of a case has.

    Args:
        actions: the actions in the order in which they were agreed.
        group: the group that follows them up.
    """

    actions: tuple[ActionFacts, ...]
    all_actions: int
    open_actions: int
    late_actions: int
    group: str
    rationale: str | None


def gather(material: Material) -> ActionPlan:
    """The facts of the action plan."""
    case = material.case
    states, outcome = actions(case), case.latest(LearningOutcome)
    told = tuple(action_facts(state, material) for state in states)
    return ActionPlan(
        **vars(CaseFacts.common(material)),
        actions=told,
        all_actions=len(told),
        open_actions=sum(state.ended_on is None for state in states),
        late_actions=sum(one.late for one in told),
        group=material.framework.name_of("groups", "task-and-finish"),
        rationale=outcome.rationale if outcome else None,
    )


DOCUMENT = Document(
    id="action-plan",
    title="Action plan",
    audience="the owners of the actions and the Task & Finish group",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=unless(Action, "This case has no actions.", "sptool action add {case}"),
    called_for=(ActionUpdate,),
    tells_of=(Action, ActionUpdate, ActionAssurance),
    each_agency=None,
    identifies=(),
    whom=(),
)


def action_facts(state: ActionState, material: Material) -> ActionFacts:
    """An action of a case as documents tell it."""
    case, framework, action = material.case, material.framework, state.action
    newest = _newest_update(case, action)
    return ActionFacts(
        what=action.what,
        owner=action.owner,
        agency=framework.name_of("agencies", action.agency),
        agreed_on=in_full(action.happened_on),
        due_on=in_full(state.due_on),
        first_due_on=in_full(action.due_on) if action.due_on != state.due_on else None,
        status=STATUS[state.status],
        late=_is_late(state, material),
        success=action.success,
        theme=_theme(action, framework),
        note=newest.note if newest else None,
        reason=newest.reason if newest else None,
        assurance=_assurance(state, case),
    )


def _newest_update(case: Case, action: Action) -> ActionUpdate | None:
    root = root_of(case, action.id)
    found = [update for update in case.all(ActionUpdate) if root_of(case, update.action) == root]
    return found[-1] if found else None


def _is_late(state: ActionState, material: Material) -> bool:
    return any(_is_of(due, state, material) and due.is_late(material.today) for due in material.deadlines)


def _is_of(due: Deadline, state: ActionState, material: Material) -> bool:
    return due.id == "action" and due.key == root_of(material.case, state.action.id)


def _theme(action: Action, framework: Framework) -> str | None:
    return framework.name_of("themes", action.theme) if action.theme else None


def _assurance(state: ActionState, case: Case) -> AssuranceFacts | None:
    found = case.by_id.get(state.ended_by)
    if not isinstance(found, ActionAssurance):
        return None
    return AssuranceFacts(
        assured_on=in_full(found.happened_on),
        assured_by=found.assured_by,
        evidence=found.evidence,
        difference=found.difference,
        difference_evidence=found.difference_evidence,
    )
