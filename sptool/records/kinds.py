"""Every kind of record, listed once."""

from __future__ import annotations

from sptool.records import (
    anytime,
    closing,
    learning,
    notification,
    rapid_review,
    referral,
    register,
    review,
    scoping,
)
from sptool.records.header import Record

CASE_KINDS: dict[str, type[Record]] = {
    model.kind: model
    for model in (
        referral.Referral,
        referral.ClarificationQuestion,
        referral.ClarificationReply,
        referral.Update,
        notification.NotificationDecision,
        notification.Notification,
        notification.RationaleShared,
        scoping.InformationRequest,
        scoping.AgencyReturn,
        scoping.Chaser,
        rapid_review.RapidReview,
        rapid_review.LocalReviewDecision,
        rapid_review.Submission,
        rapid_review.PanelReply,
        rapid_review.Informed,
        review.ReviewCommissioned,
        review.ReviewProgress,
        review.ReviewPublished,
        learning.Nomination,
        learning.LearningOutcome,
        learning.Action,
        learning.ActionUpdate,
        learning.ActionAssurance,
        learning.Briefing,
        anytime.Note,
        anytime.Attachment,
        anytime.Constraint,
        anytime.ConstraintLifted,
        anytime.Link,
        anytime.LeadOfficer,
        anytime.DecisionConfirmed,
        anytime.Resolution,
        anytime.Withdrawal,
        anytime.DocumentSent,
        closing.Closure,
        closing.Reopening,
        closing.Erasure,
        closing.LegalHold,
    )
}
REGISTER_KINDS: dict[str, type[Record]] = {
    model.kind: model
    for model in (
        register.EditionAdopted,
        register.OfficerAdded,
        register.KeyAdded,
        register.KeyRetired,
        register.SigningRequired,
    )
}
KINDS: dict[str, type[Record]] = CASE_KINDS | REGISTER_KINDS
