"""What can start a clock and what can stop it, and when it occurred in a case. A deadline in an edition names two.

Each event is one row of `EVENTS`, with a function that finds its occurrences in the order of the records. A clock
counts from the last of them that has its key, and is met by the first in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import takewhile
from textwrap import shorten
from types import MappingProxyType

from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.learning import LearningOutcome
from sptool.records.notification import Notification, NotificationDecision
from sptool.records.referral import ClarificationQuestion, ClarificationReply, Facts
from sptool.records.review import Informed, LocalReviewDecision, PanelReply, RapidReview, ReviewPublished, Submission
from sptool.workflow.occurrence import ONCE, Event, Finder, Occurrence, Occurrences
from sptool.workflow.state import (
    actions,
    decisions_that_led_here,
    leadership_was_told,
    requests,
    root_of,
    sent_to_group,
    shared_rationales,
    things_to_tell_leadership,
)

LONGEST_LABEL = 60

# The events that a rule of the pathway names, and not only an edition.
LA_AWARE = "la-aware"
NOTIFICATION_SENT = "notification-sent"
NOTIFICATION_SENT_ON_GROUND_ONE = "notification-sent-ground-one"
NOTIFICATION_SETTLED = "notification-settled"
PARTNERS_TOLD = "partners-told"
ACTION_ENDED = "action-ended"


def _once(records: Iterable[Record]) -> Occurrences:
    return tuple(Occurrence("", record.happened_on, record.id) for record in records)


def _every(kind: type[Record]) -> Finder:
    """For what each record of a kind says by itself."""

    def find(case: Case, _: Framework) -> Occurrences:
        return _once(case.all(kind))

    return find


def _la_aware(case: Case, _: Framework) -> Occurrences:
    """Domain, stage 1. The adults' track has no such clock; nor has a nomination that nobody referred."""
    if case.records and case.records[0].track == "adult":
        return ()
    told = [record for record in case.standing if isinstance(record, Facts) and record.la_aware_on is not None]
    if not told:
        return ()
    aware = told[-1].la_aware_on
    return (Occurrence("", aware if isinstance(aware, date) else None, told[-1].id),)


def _decided(case: Case, _: Framework) -> Occurrences:
    """The decision that stands and those it reconsidered: the first meets, the last starts what follows."""
    return _once(reversed(decisions_that_led_here(case, case.latest(NotificationDecision))))


def _notified_on_ground_one(case: Case, _: Framework) -> Occurrences:
    return _once(sent for sent in case.all(Notification) if "one" in sent.grounds)


def _settled(case: Case, _: Framework) -> Occurrences:
    """Sent; or decided against, and not reconsidered in favour of notifying since."""
    taken = decisions_that_led_here(case, case.latest(NotificationDecision))
    return _once(case.all(Notification)) + _once(takewhile(_settles, taken))


def _settles(decision: Record) -> bool:
    """Whether a decision ends the duty. One against the duty doesn't: that is never shown as met."""
    return (
        isinstance(decision, NotificationDecision)
        and decision.outcome in ("do-not-notify", "another-area-notifies")
        and decision.duty_not_followed is None
    )


def _partners_told(case: Case, _: Framework) -> Occurrences:
    with_it = tuple(
        Occurrence("", sent.partners_told_on, sent.id) for sent in case.all(Notification) if sent.partners_told_on
    )
    return with_it + _once(told for told in case.all(Informed) if told.who == "partners" and told.told == "told")


def _rationale_shared(case: Case, _: Framework) -> Occurrences:
    return _once(shared_rationales(case))


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


def _answered(case: Case, _: Framework) -> Occurrences:
    return tuple(
        Occurrence(root_of(case, reply.answers), reply.happened_on, reply.id) for reply in case.all(ClarificationReply)
    )


def _information_requested(case: Case, framework: Framework) -> Occurrences:
    named = [(request, framework.name_of("agencies", request.agency)) for request in requests(case)]
    return tuple(
        Occurrence(one.key, one.asked_on, one.record, name, one.return_by, name, one.agency) for one, name in named
    )


def _return_received(case: Case, _: Framework) -> Occurrences:
    return tuple(
        Occurrence(request.key, request.answered_on, request.answered_by)
        for request in requests(case)
        if request.answered_on
    )


def _news(case: Case, _: Framework) -> Occurrences:
    return tuple(
        Occurrence(
            root_of(case, news.id),
            news.happened_on,
            news.id,
            label="rapid review" if isinstance(news, RapidReview) else "the Panel's reply",
        )
        for news in things_to_tell_leadership(case)
    )


def _leadership_told(case: Case, _: Framework) -> Occurrences:
    return tuple(
        Occurrence(root_of(case, news.id), one.happened_on, one.id)
        for news in things_to_tell_leadership(case)
        for one in leadership_was_told(case, news)
    )


def _review_started(case: Case, _: Framework) -> Occurrences:
    """From the first decision for an LCSPR on, unless it was reconsidered to none in between."""
    taken = decisions_that_led_here(case, case.latest(LocalReviewDecision))
    return _once(takewhile(lambda one: isinstance(one, LocalReviewDecision) and one.outcome == "lcspr", taken))


def _sent_to_group(case: Case, framework: Framework) -> Occurrences:
    sent = sent_to_group(case, framework)
    return _once([sent] if sent else [])


def _learning_outcome(case: Case, framework: Framework) -> Occurrences:
    """An outcome from before the case was sent to the group (again) does not answer it."""
    sent = sent_to_group(case, framework)
    since = sent.happened_on if sent else date.min
    return _once(outcome for outcome in case.all(LearningOutcome) if outcome.happened_on >= since)


def _action_set(case: Case, _: Framework) -> Occurrences:
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


def _action_ended(case: Case, _: Framework) -> Occurrences:
    return tuple(
        Occurrence(root_of(case, state.action.id), state.ended_on, state.ended_by)
        for state in actions(case)
        if state.ended_on
    )


_ALL = (
    Event(
        LA_AWARE, "the local authority is aware of the harm and of the suspicion of abuse or neglect", ONCE, _la_aware
    ),
    Event("notification-decided", "it is decided whether to notify", ONCE, _decided),
    Event(NOTIFICATION_SENT, "the notification is sent to the Panel, on whichever ground", ONCE, _every(Notification)),
    Event(
        NOTIFICATION_SENT_ON_GROUND_ONE,
        "the notification is sent to the Panel on ground one",
        ONCE,
        _notified_on_ground_one,
    ),
    Event(
        NOTIFICATION_SETTLED,
        "the notification is sent, or it is decided not to notify or that another area does",
        ONCE,
        _settled,
    ),
    Event(PARTNERS_TOLD, "the other safeguarding partners are told", ONCE, _partners_told),
    Event("rationale-shared", "the referrer is told the rationale, or it is recorded why not", ONCE, _rationale_shared),
    Event("question-asked", "a clarification is asked for", "question", _asked),
    Event("question-answered", "the clarification arrives", "question", _answered),
    Event("information-requested", "an agency is asked for information", "request", _information_requested),
    Event("return-received", "that agency's return arrives; a nil return counts", "request", _return_received),
    # Only the case's own meeting: that of another case which covers this one can't be seen from here.
    Event("rapid-review-held", "the rapid review meeting is held", ONCE, _every(RapidReview)),
    Event("submission-sent", "the rapid review is sent to the Panel", ONCE, _every(Submission)),
    Event("panel-replied", "the Panel replies", ONCE, _every(PanelReply)),
    Event("meeting-or-panel-reply", "the rapid review is held, or the Panel replies", "news", _news),
    Event("leadership-told", "the leadership group is told of it", "news", _leadership_told),
    Event("review-started", "it is decided to start a local review (LCSPR)", ONCE, _review_started),
    Event(
        "review-published",
        "the local review is published, or reasons for not publishing are recorded",
        ONCE,
        _every(ReviewPublished),
    ),
    Event("sent-to-group", "the case is sent to the Task & Finish group", ONCE, _sent_to_group),
    Event("learning-outcome-recorded", "the group's learning outcome is recorded", ONCE, _learning_outcome),
    Event("action-set", "an action is agreed", "action", _action_set),
    Event(ACTION_ENDED, "the action is assured, or recorded as not implemented", "action", _action_ended),
)

EVENTS: Mapping[str, Event] = MappingProxyType({event.id: event for event in _ALL})
"""Every event that a deadline can name, by its id."""
