"""What happens after a notification decision, and by when: the sentences of a letter. The dates are the rules'."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sptool.documents.context import Material
from sptool.documents.days import day_of
from sptool.records.notification import Notification, NotificationDecision
from sptool.records.review import RapidReview, Submission
from sptool.text.english import in_full
from sptool.workflow.criteria import notification_points_to
from sptool.workflow.deadlines import Deadline


def next_steps(decision: NotificationDecision, material: Material) -> tuple[str, ...]:
    """What follows from a notification decision, one sentence or two for each step."""
    return (*_AFTER[decision.outcome](decision, material), *_learning(decision, material))


def _notify(decision: NotificationDecision, material: Material) -> Iterator[str]:
    sent = material.case.latest(Notification)
    grounds = sent.grounds if sent else notification_points_to(decision.criteria, material.framework).grounds
    yield _sent(sent) if sent else _to_be_sent(material)
    if "one" not in grounds:
        yield "This notification does not by itself lead to a rapid review."
        return
    yield _rapid_review(material)
    yield _to_the_panel(material)


def _sent(sent: Notification) -> str:
    return f"The local authority notified the Panel on {in_full(sent.happened_on)}."


def _to_be_sent(material: Material) -> str:
    due = material.deadline("notify")
    if due is None:
        return "The local authority will notify the Panel."
    if due.due_on is None:
        by_when = due.rule.counted_in.from_event(due.rule.days, "becoming aware")
        must = f"The local authority must notify the Panel {by_when}."
        return f"{must} The day on which it became aware is not yet established."
    if due.is_late(material.today):
        return f"The local authority has yet to notify the Panel. The last day for it was {in_full(due.due_on)}."
    return f"The local authority will notify the Panel {_by(due)}."


def _rapid_review(material: Material) -> str:
    held = material.case.latest(RapidReview)
    if held:
        return f"The rapid review was held on {in_full(held.happened_on)}."
    asked = "The agencies that know the family are asked for information, and a rapid review brings it together"
    return f"{asked}{_when(material, 'rapid-review')}."


def _to_the_panel(material: Material) -> str:
    sent = material.case.latest(Submission)
    if sent:
        return f"The rapid review was sent to the Panel on {in_full(sent.happened_on)}."
    return f"What the rapid review finds goes to the Panel{_when(material, 'panel')}."


def _when(material: Material, rule: str) -> str:
    due = material.deadline(rule)
    if due and due.due_on and not due.is_late(material.today):
        return f" {_by(due)}"
    if due and due.due_on:
        return f"; the last day for it was {in_full(due.due_on)}"
    counted = next((entry for entry in material.framework.deadlines if entry.id == rule), None)
    return f" {counted.counted_in.from_event(counted.last_day, 'the notification')}" if counted else ""


def _by(due: Deadline) -> str:
    return f"by {day_of(due)}"


def _do_not_notify(decision: NotificationDecision, material: Material) -> Iterator[str]:
    del decision, material
    yield "No notification is made, and no rapid review follows."


def _another_area(decision: NotificationDecision, material: Material) -> Iterator[str]:
    del material
    if decision.another_area:
        told_on = in_full(decision.another_area.told_on)
        yield f"{decision.another_area.area} was told on {told_on}. What follows is for that area to say."


def _not_proceeding(decision: NotificationDecision, material: Material) -> Iterator[str]:
    sent = material.case.latest(Notification)
    if sent:
        yield _sent(sent)
    if decision.panel_told_on:
        yield f"The Panel was told on {in_full(decision.panel_told_on)} that the case goes no further."
    else:
        yield "The Panel has yet to be told that the case goes no further."
    yield "No rapid review follows."


def _learning(decision: NotificationDecision, material: Material) -> Iterator[str]:
    if decision.then == "task-and-finish":
        group = material.framework.name_of("groups", "task-and-finish")
        yield f"The {group} will look at what can be learned from the case, and how."
    elif decision.then == "nothing-further":
        yield "The partnership takes no further step in this case."


_AFTER: Mapping[str, Callable[[NotificationDecision, Material], Iterator[str]]] = MappingProxyType(
    {
        "notify": _notify,
        "do-not-notify": _do_not_notify,
        "another-area-notifies": _another_area,
        "notified-not-proceeding": _not_proceeding,
    }
)
