"""A decision for other programs: what was known then, and, kept apart, what became known later."""

from __future__ import annotations

from sptool.desk.as_data.case import deadline_data, iso
from sptool.desk.as_data.history import look_data
from sptool.desk.proof.taken import DecisionTaken, Found
from sptool.records.plain import to_plain
from sptool.text.plain import Plain
from sptool.workflow.hindsight import Asked, KnownThen
from sptool.workflow.subjects import step_title
from sptool.workflow.telling import decided_by


def decisions_data(found: Found) -> dict[str, Plain]:
    """The decisions of a case."""
    return {
        "case": found.case.ref,
        "decisions": [
            {
                "id": one.id,
                "title": step_title(one),
                "decided_on": iso(one.happened_on),
                "decided_by": decided_by(one) or None,
            }
            for one in found.decisions
        ],
    }


def decision_data(decision: DecisionTaken) -> dict[str, Plain]:
    """A decision, then and later."""
    later = decision.later
    return {
        "case": decision.case.ref,
        "decision": decision.then.decision.id,
        "known_then": known_then_data(decision.then),
        "became_known_later": {
            "needed_another_look": [look_data(look) for look in later.looks],
            "put_right": [dict[str, Plain](to_plain(one)) for one in later.put_right],
            "own_corrections": [dict[str, Plain](to_plain(one)) for one in later.own_corrections],
            "side_by_side": [dict[str, Plain](to_plain(one)) for one in later.side_by_side],
            "later": [dict[str, Plain](to_plain(one)) for one in later.others],
            "unreadable": list[Plain](later.unread),
        },
    }


def known_then_data(then: KnownThen) -> dict[str, Plain]:
    """What was known when a decision was taken: made from that alone."""
    return {
        "decision": dict[str, Plain](to_plain(then.decision)),
        "edition": {"edition": then.framework.edition, "sha256": then.framework.sha256},
        "criteria": [_asked(one) for one in then.criteria],
        "not_known": {
            "in_the_deciders_words": getattr(then.decision, "not_known", None),
            "unclear": [one.criterion.id for one in then.criteria if one.answer == "not-known"],
            "answered_unknown": list[Plain](then.facts_unknown),
            "not_answered": list[Plain](then.facts_unanswered),
            "questions_without_reply": [one.id for one in then.questions_open],
            "agencies_without_return": [one.agency for one in then.returns_outstanding],
        },
        "facts": dict[str, Plain](to_plain(then.case.facts)),
        "deadlines": [deadline_data(one, then.standing) for one in then.standing.deadlines],
        "records": [dict[str, Plain](to_plain(one)) for one in then.case.records],
        "dated_after_the_decision": [one.id for one in then.dated_after],
        "unreadable": list[Plain](then.unread),
    }


def _asked(one: Asked) -> dict[str, Plain]:
    return {
        "list": one.heading,
        "child": one.about or None,
        "criterion": one.criterion.id,
        "wording": one.criterion.wording,
        "clause": one.criterion.clause or None,
        "source": one.source,
        "answer": one.answer or None,
    }
