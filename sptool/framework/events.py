"""What can start a clock and what can stop it. A deadline in an edition names two of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Event:
    """Something that happens in a case and that a deadline can count from or be met by.

    Args:
        what: what happens, in one line.
        each: what it happens for, such as `question`; empty if a case has it once.
    """

    what: str
    each: str = ""


EVENTS: Mapping[str, Event] = MappingProxyType(
    {
        "la-aware": Event("the local authority is aware of the harm and of the suspicion of abuse or neglect"),
        "notification-decided": Event("it is decided whether to notify"),
        "notification-sent": Event("the notification is sent to the Panel, on whichever ground"),
        "notification-sent-ground-one": Event("the notification is sent to the Panel on ground one"),
        "notification-settled": Event(
            "the notification is sent, or it is decided not to notify or that another area does"
        ),
        "partners-told": Event("the other safeguarding partners are told"),
        "rationale-shared": Event("the referrer is told the rationale, or it is recorded why not"),
        "question-asked": Event("a clarification is asked for", each="question"),
        "question-answered": Event("the clarification arrives", each="question"),
        "information-requested": Event("an agency is asked for information", each="request"),
        "return-received": Event("that agency's return arrives; a nil return counts", each="request"),
        "rapid-review-held": Event("the rapid review meeting is held"),
        "submission-sent": Event("the rapid review is sent to the Panel"),
        "panel-replied": Event("the Panel replies"),
        "meeting-or-panel-reply": Event("the rapid review is held, or the Panel replies", each="news"),
        "leadership-told": Event("the leadership group is told of it", each="news"),
        "review-started": Event("it is decided to start a local review (LCSPR)"),
        "review-published": Event("the local review is published, or reasons for not publishing are recorded"),
        "sent-to-group": Event("the case is sent to the Task & Finish group"),
        "learning-outcome-recorded": Event("the group's learning outcome is recorded"),
        "action-set": Event("an action is agreed", each="action"),
        "action-ended": Event("the action is assured, or recorded as not implemented", each="action"),
    }
)
