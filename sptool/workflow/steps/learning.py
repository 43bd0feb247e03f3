"""Stages 12 and 13: the Task & Finish group's learning, and its actions."""

from __future__ import annotations

from sptool.records.learning import Action, ActionAssurance, ActionUpdate, Briefing, LearningOutcome, Nomination
from sptool.records.referral import Referral
from sptool.workflow import refusals
from sptool.workflow.steps.row import CRITERIA, EITHER, STATUS, THEMES, Command, Flag, Late, Step

STEPS = (
    Step(
        model=Nomination,
        command=Command(
            name="nominate",
            help="Record a nomination to the Task & Finish group, for a case or as a new one.",
            about="one-or-new",
            fitted_by=None,
            flags=(
                Flag("--source", "source", "Where it comes from"),
                Flag("--agency", "agency", "Which agency proposes it"),
                CRITERIA,
            ),
        ),
        refused_by=refusals.while_open,
        meets=(),
        follows=(Referral,),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=LearningOutcome,
        command=Command(
            name="outcome",
            help="Record what the Task & Finish group decided to do.",
            about="one",
            fitted_by=None,
            flags=(Flag("--approach", "approaches", "An approach", "many"), THEMES),
        ),
        refused_by=refusals.learning_outcome,
        meets=("learning-outcome-recorded",),
        follows=(Action,),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=Action,
        command=Command(
            name="action add",
            help="Add an action with its owner, date and measure of success.",
            about="one",
            fitted_by=None,
            flags=(
                Flag("--owner", "owner", "Who owns it, as a role"),
                Flag("--agency", "agency", "The agency"),
                Flag("--due-on", "due_on", "By when"),
                Flag("--theme", "theme", "The theme"),
            ),
        ),
        refused_by=refusals.while_open,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=ActionUpdate,
        command=Command(
            name="action update",
            help="Record how an action stands.",
            about="one",
            fitted_by=Late("sptool.desk.fitting:only_open_action"),
            flags=(STATUS, Flag("--due-on", "due_on", "A new date")),
            word=Flag("ACTION", "action", "The action's id, if there are several"),
        ),
        refused_by=refusals.action_step,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=ActionAssurance,
        command=Command(
            name="action assure",
            help="Record that an action was done and whether it made a difference.",
            about="one",
            fitted_by=Late("sptool.desk.fitting:only_open_action"),
            flags=(
                Flag("--assured-by", "assured_by", "Who assures it, as a role other than the owner's"),
                Flag("--difference", "difference", "made-a-difference, no-difference-seen or too-early-to-say"),
            ),
            word=Flag("ACTION", "action", "The action's id, if there are several"),
        ),
        refused_by=refusals.action_assurance,
        meets=("action-ended",),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=Briefing,
        command=Command(
            name="brief", help="Record a seven-minute briefing.", about="one", fitted_by=None, flags=(THEMES,)
        ),
        refused_by=refusals.while_open,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
)
