"""Stages 1 and 2: the referral to the partnership, and its clarification."""

from __future__ import annotations

from sptool.records.notification import NotificationDecision
from sptool.records.referral import ClarificationQuestion, ClarificationReply, Referral, Update
from sptool.workflow import refusals
from sptool.workflow.steps.row import AWARE, EITHER, SAFE, Command, Flag, Late, Step, Switch

STEPS = (
    Step(
        model=Referral,
        command=Command(
            name="new-referral",
            help="Open a case: record a referral to the partnership.",
            about="new",
            fitted_by=Late("sptool.desk.fitting:referral"),
            flags=(
                Flag("--caller", "caller", "An agency, anonymous or member-of-the-public"),
                SAFE,
                AWARE,
                Flag("--incident-on", "incident_on", "When it happened"),
                Flag("--lead", "lead_officer", "The lead officer's id"),
                Flag("--child", "children", "A child's label, such as child-a", "entries", "id"),
            ),
            switches=(Switch("--nomination", "nomination", "The case whose nomination is now referred.", "word"),),
        ),
        refused_by=refusals.first_referral,
        meets=(),
        follows=(NotificationDecision,),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=ClarificationQuestion,
        command=Command(
            name="clarify ask",
            help="Record a question to the referrer or an agency.",
            about="one",
            fitted_by=None,
            flags=(Flag("--of", "asked_of", "Who was asked"), Flag("--reply-by", "reply_by", "By when")),
        ),
        refused_by=refusals.while_open,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=ClarificationReply,
        command=Command(
            name="clarify reply",
            help="Record the reply to a question.",
            about="one",
            fitted_by=Late("sptool.desk.fitting:only_open_question"),
            flags=(AWARE, SAFE),
            word=Flag("QUESTION", "answers", "The question's id, if several are open"),
        ),
        refused_by=refusals.clarification_reply,
        meets=("question-answered",),
        follows=(NotificationDecision,),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=Update,
        command=Command(
            name="update",
            help="Record new information: a fact, and when it was learned.",
            about="one",
            fitted_by=None,
            flags=(SAFE, AWARE, Flag("--source-agency", "source_agency", "Who told us")),
        ),
        refused_by=refusals.while_open,
        meets=(),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
)
