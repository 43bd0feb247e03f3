"""Builders of records for tests: short, deterministic, plainly fictional.

A record's id follows from what it says, so the same record is the same in every run; give `name` to tell two records
apart that say the same. `case_of` chains records: each is written with knowledge of the one before.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TypeVar

from sptool.framework.calendar import england_calendar
from sptool.framework.models import Framework
from sptool.records import anytime, closing, learning, notification, referral, review
from sptool.records.case import Case
from sptool.records.fields import ID_LETTERS, ID_SYMBOLS, RECORD_ID_LENGTH
from sptool.records.header import Record
from sptool.resources import shipped
from sptool.workflow.edition import load_edition
from sptool.workflow.standing import Standing

REF = "HSP-2026-K7QM3"
OTHER_REF = "HSP-2026-M4XR9"
PARTNERS = ("local-authority", "police", "icb")
GROUND_ONE = ("abuse-or-neglect", "died-or-seriously-harmed", "in-area-or-resident")
GROUND_TWO = ("looked-after-death",)

Kind = TypeVar("Kind", bound=Record)


def day(text: str) -> date:
    """A date from `2026-03-02`."""
    return date.fromisoformat(text)


def shipped_framework() -> Framework:
    """The edition that comes with the program."""
    path = shipped("templates", "case-folder", "framework", "2022-01.yaml")
    return load_edition(path.read_bytes(), path.name)


def standing(case: Case, framework: Framework, today: date) -> Standing:
    """A case as it stands on a day, counted by England's calendar."""
    return Standing(case, framework, today, lambda rule: england_calendar(framework, rule.id))


def id_of(seed: str) -> str:
    """The record id that follows from a text."""
    digest = sha256(seed.encode()).digest()
    rest = "".join(ID_SYMBOLS[byte % len(ID_SYMBOLS)] for byte in digest[1:RECORD_ID_LENGTH])
    return ID_LETTERS[digest[0] % len(ID_LETTERS)] + rest


def make(model: type[Kind], on: str, **fields: object) -> Kind:
    """A record of a kind that happened on a day; recorded at nine that morning unless `recorded_at` is given."""
    name = fields.pop("name", "")
    seed = f"{model.kind} {on} {name} {sorted((key, str(value)) for key, value in fields.items())}"
    header: dict[str, object] = {
        "record": f"{model.kind}/{model.version}",
        "id": id_of(seed),
        "case": REF,
        "recorded_at": datetime.combine(day(on), datetime.min.time(), UTC).replace(hour=9),
        "recorded_by": "officer-one",
        "written_by": "sptool 0.1.0",
        "framework": {"edition": "2022-01", "sha256": "0" * 64},
        "happened_on": on,
    }
    return model.model_validate({**header, **fields})


def with_past(record: Kind, *earlier: Record) -> Kind:
    """The record as written by somebody who had these as the newest records."""
    return record.model_copy(update={"after": tuple(sorted(known.id for known in earlier))})


def case_of(*records: Record) -> Case:
    """The case made of these records; a record without `after` is written after the one before it."""
    chained: list[Record] = []
    for record in records:
        chained.append(with_past(record, chained[-1]) if chained and not record.after else record)
    return Case.of(REF, chained)


def added(case: Case, *records: Record) -> Case:
    """The case with more records, each written with knowledge of everything before."""
    for record in records:
        case = case.with_record(record.model_copy(update={"after": case.heads}))
    return case


def correction(wrong: Kind, on: str = "2026-03-30", **changes: object) -> Kind:
    """The correction of a record: its whole body with some answers changed."""
    return _replacing(wrong, "correction", on, happened_on=changes.pop("happened_on", wrong.happened_on), **changes)


def reconsideration(decision: Kind, on: str = "2026-03-30", **changes: object) -> Kind:
    """A decision taken afresh."""
    return _replacing(decision, "reconsideration", on, happened_on=on, **changes)


def withdrawal(record: Record, on: str = "2026-03-30") -> anytime.Withdrawal:
    """That a record was on the wrong case."""
    return make(anytime.Withdrawal, on, replaces=_replaces(record, "withdrawal"))


def _replacing(record: Kind, how: str, on: str, **changes: object) -> Kind:
    own = record.model_dump(by_alias=True, exclude={"id", "after", "recorded_at", "replaces", "happened_on"})
    return make(type(record), on, **{**own, **changes, "replaces": _replaces(record, how)})


def _replaces(record: Record, how: str) -> dict[str, str]:
    return {"record": record.id, "as": how, "reason": "Written down wrongly at first."}


def answers(*met: str, child: str = "child-a", rest: str = "not-met") -> dict[str, object]:
    """The notification criteria for a child: some met, the rest not met or not known."""
    every = (*GROUND_ONE, *GROUND_TWO, "care-leaver-death")
    return {"child": child, "answers": {code: "met" if code in met else rest for code in every}}


def new_referral(on: str = "2026-03-02", la_aware_on: str = "2026-03-02", **fields: object) -> referral.Referral:
    given = {"caller": "hillingdon-hospital", "at_risk_now": "no", "summary": "Child A came to harm.", **fields}
    return make(referral.Referral, on, la_aware_on=la_aware_on, **given)


def question(on: str = "2026-03-03", **fields: object) -> referral.ClarificationQuestion:
    return make(referral.ClarificationQuestion, on, **{"asked_of": "school", "question": "Since when?", **fields})


def reply(asked: Record, on: str = "2026-03-04", **fields: object) -> referral.ClarificationReply:
    return make(referral.ClarificationReply, on, answers=asked.id, **{"reply": "Since the autumn.", **fields})


def update(on: str = "2026-03-10", **fields: object) -> referral.Update:
    return make(referral.Update, on, **{"what": "Something new is known.", **fields})


def decision(on: str = "2026-03-04", outcome: str = "notify", **fields: object) -> notification.NotificationDecision:
    """A notification decision; ground one is met unless `criteria` says otherwise."""
    given = {
        "criteria": [answers(*GROUND_ONE)],
        "rationale": "The harm and its cause are clear.",
        "decided_by": "Assistant Director",
        **fields,
    }
    return make(notification.NotificationDecision, on, outcome=outcome, **given)


def notified(
    on: str = "2026-03-05", grounds: tuple[str, ...] = ("one",), **fields: object
) -> notification.Notification:
    return make(notification.Notification, on, grounds=grounds, **fields)


def shared(on: str = "2026-03-06", how: str = "shared", **fields: object) -> notification.RationaleShared:
    return make(notification.RationaleShared, on, shared=how, **fields)


def asked_agencies(on: str = "2026-03-06", *agencies: str, **fields: object) -> review.InformationRequest:
    requests = [{"agency": agency} for agency in agencies or ("police",)]
    return make(review.InformationRequest, on, **{"requests": requests, **fields})


def returned(on: str = "2026-03-12", agency: str = "police", **fields: object) -> review.AgencyReturn:
    return make(review.AgencyReturn, on, agency=agency, **{"answer": "nil", **fields})


def chased(on: str = "2026-03-11", *agencies: str) -> review.Chaser:
    return make(review.Chaser, on, agencies=agencies or ("police",))


def met(on: str = "2026-03-20", **fields: object) -> review.RapidReview:
    """A rapid review meeting."""
    given = {
        "agencies_involved": ["police"],
        "decision_participants": ["Detective Inspector"],
        "recommends": "no-lcspr",
        "recommendation_reasons": "No criterion is met.",
        **fields,
    }
    return make(review.RapidReview, on, **given)


def review_decision(on: str = "2026-03-24", outcome: str = "no-lcspr", **fields: object) -> review.LocalReviewDecision:
    given = {
        "criteria": {"improvements": "met", "recurrent-themes": "not-met", "working-together": "not-met"},
        "rationale": "The learning is already being put into practice.",
        "decided_by": "The safeguarding partners",
        "positions": [{"partner": partner, "position": "agrees"} for partner in PARTNERS],
        **fields,
    }
    return make(review.LocalReviewDecision, on, outcome=outcome, **given)


def submitted(on: str = "2026-03-25", **fields: object) -> review.Submission:
    return make(review.Submission, on, **fields)


def panel_replied(on: str = "2026-04-02", position: str = "agrees", **fields: object) -> review.PanelReply:
    return make(review.PanelReply, on, position=position, **fields)


def told(on: str = "2026-03-23", who: str = "leadership", **fields: object) -> review.Informed:
    return make(review.Informed, on, who=who, **fields)


def commissioned(on: str = "2026-04-10", **fields: object) -> review.ReviewCommissioned:
    return make(review.ReviewCommissioned, on, **{"reviewer": "An independent reviewer", **fields})


def published(on: str = "2026-09-10", how: str = "published", **fields: object) -> review.ReviewPublished:
    return make(review.ReviewPublished, on, published=how, **fields)


def nomination(on: str = "2026-03-02", **fields: object) -> learning.Nomination:
    given = {
        "source": "nomination",
        "agency": "school",
        "proposer_role": "Designated safeguarding lead",
        "summary": "Child A was not seen for some time.",
        "why_learning": "Three agencies each thought that another had called.",
        "criteria": [answers()],
        **fields,
    }
    return make(learning.Nomination, on, **given)


def outcome(on: str = "2026-04-14", **fields: object) -> learning.LearningOutcome:
    return make(learning.LearningOutcome, on, **{"approaches": ["briefings"], "rationale": "In proportion.", **fields})


def action(on: str = "2026-04-15", due_on: str = "2026-06-30", **fields: object) -> learning.Action:
    given = {
        "what": "Write down who calls whom.",
        "owner": "Head of Service",
        "agency": "local-authority",
        "success": "Ten calls looked at, ten written down.",
        **fields,
    }
    return make(learning.Action, on, due_on=due_on, **given)


def action_update(about: Record, on: str = "2026-05-15", status: str = "on-track", **fields: object) -> Record:
    return make(learning.ActionUpdate, on, action=about.id, status=status, **fields)


def assured(about: Record, on: str = "2026-06-29", **fields: object) -> learning.ActionAssurance:
    given = {"assured_by": "Designated Nurse", "evidence": "Seen.", "difference": "too-early-to-say", **fields}
    return make(learning.ActionAssurance, on, action=about.id, **given)


def note(on: str = "2026-03-09", **fields: object) -> anytime.Note:
    return make(anytime.Note, on, **{"text": "Spoke with the school.", **fields})


def constraint(on: str = "2026-03-09", **fields: object) -> anytime.Constraint:
    given = {"asked_by": "Police", "what_not_to_do": "No contact with the family.", "review_on": "2026-04-09", **fields}
    return make(anytime.Constraint, on, **given)


def confirmed(about: Record, on: str = "2026-04-01", **fields: object) -> anytime.DecisionConfirmed:
    given = {"reason": "It changes nothing.", "decided_by": "Assistant Director", **fields}
    return make(anytime.DecisionConfirmed, on, decision=about.id, **given)


def resolution(stands: Record, set_aside: Record, on: str = "2026-04-01", **fields: object) -> anytime.Resolution:
    given = {"reason": "It was sent once.", "decided_by": "Partnership officer", **fields}
    return make(anytime.Resolution, on, stands=stands.id, set_aside=set_aside.id, **given)


def closed(on: str = "2026-07-01", **fields: object) -> closing.Closure:
    return make(closing.Closure, on, **{"reason": "learning-complete", **fields})


def reopened(on: str = "2026-07-10", **fields: object) -> closing.Reopening:
    return make(closing.Reopening, on, **{"reason": "More has come to light.", **fields})


def legal_hold(on: str = "2026-05-01", hold: str = "placed") -> closing.LegalHold:
    return make(closing.LegalHold, on, hold=hold, authority="Legal adviser", reason="An inquest is open.")
