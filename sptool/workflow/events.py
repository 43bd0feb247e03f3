"""When each of a framework's events occurred in a case: what starts a clock and what stops it.

Each event has one function; it finds the event's occurrences in the order of the records. A clock counts from the
last of them that has its key, and is met by the first in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from types import MappingProxyType

from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.learning import LearningOutcome
from sptool.records.notification import Notification, NotificationDecision, RationaleShared
from sptool.records.rapid_review import Informed, LocalReviewDecision, PanelReply, RapidReview, Submission
from sptool.records.referral import ClarificationQuestion, ClarificationReply, Facts
from sptool.records.review import ReviewPublished
from sptool.workflow.state import actions, requests, root_of, sent_to_group, things_to_tell_leadership

LONGEST_LABEL = 60


@dataclass(frozen=True)
class Occurrence:
    """An event as it occurred in a case.

    Args:
        key: which question, request, news or action it belongs to; empty for what a case has once.
        on: the day; None where the clock is known to run but not since when.
        record: the id of the record that says so.
        label: what people call it where a case can have several.
        own_date: the date that the record itself names for what follows.
        owner: who must act, where the record says so.
        agency: that agency's id, where there is one.
    """

    key: str
    on: date | None
    record: str
    label: str = ""
    own_date: date | None = None
    owner: str = ""
    agency: str = ""


Occurrences = tuple[Occurrence, ...]
Finder = Callable[[Case, Framework], Occurrences]


def occurrences(event: str, case: Case, framework: Framework) -> Occurrences:
    """Every occurrence of an event in a case.

    Args:
        event: the event's id, one of `framework.events.EVENTS`.
    """
    return OCCURRENCES[event](case, framework)


def decisions_that_led_here(case: Case, decision: Record | None) -> tuple[Record, ...]:
    """A decision and those that it reconsidered, newest first, each as last corrected."""
    chain: list[Record] = []
    while decision is not None:
        chain.append(decision)
        first = case.by_id.get(root_of(case, decision.id), decision)
        replaced = first.replaces.record if first.replaces else ""
        decision = case.by_id.get(replaced)
    return tuple(chain)


def _once(records: Iterable[Record]) -> Occurrences:
    return tuple(Occurrence("", record.happened_on, record.id) for record in records)


def _every(kind: type[Record]) -> Finder:
    """For what each record of a kind says by itself."""

    def find(case: Case, framework: Framework) -> Occurrences:
        del framework
        return _once(case.all(kind))

    return find


def _la_aware(case: Case, framework: Framework) -> Occurrences:
    """Domain, stage 1. The adults' track has no such clock; nor has a nomination that nobody referred."""
    del framework
    if case.records and case.records[0].track == "adult":
        return ()
    told = [record for record in case.standing if isinstance(record, Facts) and record.la_aware_on is not None]
    if not told:
        return ()
    aware = told[-1].la_aware_on
    return (Occurrence("", aware if isinstance(aware, date) else None, told[-1].id),)


def _decided(case: Case, framework: Framework) -> Occurrences:
    """The decision that stands and those it reconsidered: the first meets, the last starts what follows."""
    del framework
    return _once(reversed(decisions_that_led_here(case, case.latest(NotificationDecision))))


def _notified_on_ground_one(case: Case, framework: Framework) -> Occurrences:
    del framework
    return _once(sent for sent in case.all(Notification) if "one" in sent.grounds)


def _settled(case: Case, framework: Framework) -> Occurrences:
    """Sent; or decided otherwise, and not reconsidered in favour of notifying since."""
    del framework
    unbroken: list[Record] = []
    for decision in decisions_that_led_here(case, case.latest(NotificationDecision)):
        if not _settles(decision):
            break
        unbroken.append(decision)
    return _once(case.all(Notification)) + _once(unbroken)


def _settles(decision: Record) -> bool:
    """Whether a decision ends the duty. One against the duty doesn't: that is never shown as met."""
    return (
        isinstance(decision, NotificationDecision)
        and decision.outcome in ("do-not-notify", "another-area-notifies")
        and decision.duty_not_followed is None
    )


def _partners_told(case: Case, framework: Framework) -> Occurrences:
    del framework
    with_it = tuple(
        Occurrence("", sent.partners_told_on, sent.id) for sent in case.all(Notification) if sent.partners_told_on
    )
    return with_it + _once(told for told in case.all(Informed) if told.who == "partners" and told.told == "told")


def _rationale_shared(case: Case, framework: Framework) -> Occurrences:
    """Only what was shared of the decision that stands; a reconsidered one is shared afresh."""
    del framework
    decision = case.latest(NotificationDecision)
    root = root_of(case, decision.id) if decision else ""
    return _once(shared for shared in case.all(RationaleShared) if root in case.pasts[root_of(case, shared.id)])


def _asked(case: Case, framework: Framework) -> Occurrences:
    return tuple(_question(case, framework, asked) for asked in case.all(ClarificationQuestion))


def _question(case: Case, framework: Framework, asked: ClarificationQuestion) -> Occurrence:
    name = framework.name_of("agencies", asked.asked_of).replace("-", " ")
    known = asked.asked_of in {agency.id for agency in framework.agencies}
    return Occurrence(
        key=root_of(case, asked.id),
        on=asked.happened_on,
        record=asked.id,
        label=name,
        own_date=asked.reply_by,
        owner=name,
        agency=asked.asked_of if known else "",
    )


def _answered(case: Case, framework: Framework) -> Occurrences:
    del framework
    return tuple(
        Occurrence(root_of(case, reply.answers), reply.happened_on, reply.id) for reply in case.all(ClarificationReply)
    )


def _information_requested(case: Case, framework: Framework) -> Occurrences:
    named = [(request, framework.name_of("agencies", request.agency)) for request in requests(case)]
    return tuple(
        Occurrence(one.key, one.asked_on, one.record, name, one.return_by, name, one.agency) for one, name in named
    )


def _return_received(case: Case, framework: Framework) -> Occurrences:
    del framework
    return tuple(
        Occurrence(request.key, request.answered_on, request.answered_by)
        for request in requests(case)
        if request.answered_on
    )


def _news(case: Case, framework: Framework) -> Occurrences:
    del framework
    return tuple(
        Occurrence(
            root_of(case, news.id),
            news.happened_on,
            news.id,
            label="rapid review" if isinstance(news, RapidReview) else "the Panel's reply",
        )
        for news in things_to_tell_leadership(case)
    )


def _leadership_told(case: Case, framework: Framework) -> Occurrences:
    """Telling the leadership group covers all the news dated on or before that day."""
    told = [one for one in case.all(Informed) if one.who == "leadership" and one.told == "told"]
    return tuple(
        Occurrence(news.key, one.happened_on, one.id)
        for news in _news(case, framework)
        for one in told
        if news.on and one.happened_on >= news.on
    )


def _review_started(case: Case, framework: Framework) -> Occurrences:
    """From the first decision for an LCSPR on, unless it was reconsidered to none in between."""
    del framework
    unbroken: list[Record] = []
    for decision in decisions_that_led_here(case, case.latest(LocalReviewDecision)):
        if not (isinstance(decision, LocalReviewDecision) and decision.outcome == "lcspr"):
            break
        unbroken.append(decision)
    return _once(unbroken)


def _sent_to_group(case: Case, framework: Framework) -> Occurrences:
    sent = sent_to_group(case, framework)
    return _once([sent] if sent else [])


def _learning_outcome(case: Case, framework: Framework) -> Occurrences:
    """An outcome from before the case was sent to the group (again) does not answer it."""
    sent = sent_to_group(case, framework)
    since = sent.happened_on if sent else date.min
    return _once(outcome for outcome in case.all(LearningOutcome) if outcome.happened_on >= since)


def _action_set(case: Case, framework: Framework) -> Occurrences:
    del framework
    return tuple(
        Occurrence(
            key=root_of(case, state.action.id),
            on=state.action.happened_on,
            record=state.action.id,
            label=shorten(state.action.what, LONGEST_LABEL, placeholder=" …"),
            own_date=state.due_on,
            owner=state.action.owner,
            agency=state.action.agency,
        )
        for state in actions(case)
    )


def _action_ended(case: Case, framework: Framework) -> Occurrences:
    del framework
    return tuple(
        Occurrence(root_of(case, state.action.id), state.ended_on, state.ended_by)
        for state in actions(case)
        if state.ended_on
    )


OCCURRENCES: Mapping[str, Finder] = MappingProxyType(
    {
        "la-aware": _la_aware,
        "notification-decided": _decided,
        "notification-sent": _every(Notification),
        "notification-sent-ground-one": _notified_on_ground_one,
        "notification-settled": _settled,
        "partners-told": _partners_told,
        "rationale-shared": _rationale_shared,
        "question-asked": _asked,
        "question-answered": _answered,
        "information-requested": _information_requested,
        "return-received": _return_received,
        # Only the case's own meeting: that of another case which covers this one can't be seen from here.
        "rapid-review-held": _every(RapidReview),
        "submission-sent": _every(Submission),
        "panel-replied": _every(PanelReply),
        "meeting-or-panel-reply": _news,
        "leadership-told": _leadership_told,
        "review-started": _review_started,
        "review-published": _every(ReviewPublished),
        "sent-to-group": _sent_to_group,
        "learning-outcome-recorded": _learning_outcome,
        "action-set": _action_set,
        "action-ended": _action_ended,
    }
)
"""The occurrences of every event that a deadline can name."""
