"""Stages 3 to 5 and 8: the two decisions, the notification, and the rationale shared."""

from __future__ import annotations

from sptool.records.notification import Notification, NotificationDecision, RationaleShared
from sptool.records.review import InformationRequest, LocalReviewDecision, Submission
from sptool.workflow import refusals
from sptool.workflow.steps.row import ALSO_AFRESH, CRITERIA, EITHER, POSITIONS, Command, Flag, Late, Step, Switch

DECIDE = Command(
    name="decide",
    help="Record the decision that the case waits for, with its rationale.",
    about="one",
    fitted_by=Late("sptool.desk.fitting:decision"),
    flags=(
        CRITERIA,
        Flag("--outcome", "outcome", "What was decided"),
        Flag("--decided-by", "decided_by", "Who decided, as a role"),
        POSITIONS,
        Flag("--then", "then", "task-and-finish or nothing-further"),
    ),
    switches=(
        Switch("--reconsider", "reconsider", "Decide afresh: who asked, and why."),
        Switch("--of", "of", "With --reconsider: notification or local-review; left out: the newest decision.", "word"),
    ),
)
STEPS = (
    Step(
        model=NotificationDecision,
        command=DECIDE,
        refused_by=refusals.notification_decision,
        meets=("notification-decided",),
        follows=(Notification, RationaleShared),
        relied_on=False,
        put_right_by=ALSO_AFRESH,
    ),
    Step(
        model=Notification,
        command=Command(
            name="notify",
            help="Record that the notification was sent to the Panel. sptool never sends it.",
            about="one",
            fitted_by=Late("sptool.desk.fitting:grounds"),
            flags=(
                Flag("--ground", "grounds", "one or two", "many"),
                Flag("--told", "told", "A body that was told", "many"),
                Flag("--partners-told-on", "partners_told_on", "When the other partners were told"),
                Flag("--sent-by", "sent_by", "Who sent it, as a role"),
            ),
        ),
        refused_by=refusals.notification,
        meets=("notification-sent", "notification-sent-ground-one", "notification-settled"),
        follows=(RationaleShared, InformationRequest),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=RationaleShared,
        command=Command(
            name="share-rationale",
            help="Record that the referrer was told the rationale, or why not.",
            about="one",
            fitted_by=None,
            flags=(
                Flag("--shared", "shared", "shared or not-possible"),
                Flag("--how", "how", "letter, email, phone or meeting"),
            ),
        ),
        refused_by=refusals.rationale_shared,
        meets=("rationale-shared",),
        follows=(),
        relied_on=True,
        put_right_by=EITHER,
    ),
    Step(
        model=LocalReviewDecision,
        command=DECIDE,
        refused_by=refusals.local_review_decision,
        meets=(),
        follows=(Submission,),
        relied_on=False,
        put_right_by=ALSO_AFRESH,
    ),
)
