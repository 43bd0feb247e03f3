"""Every kind of record, listed once."""

from __future__ import annotations

from sptool.records import anytime, closing, learning, notification, referral, register, review
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
        review.InformationRequest,
        review.AgencyReturn,
        review.Chaser,
        review.RapidReview,
        review.LocalReviewDecision,
        review.Submission,
        review.PanelReply,
        review.Informed,
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
