"""What is under way in a case: deadlines, requests, questions, actions, constraints."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.wording import Part, part, when_due, wrapped
from sptool.desk.in_words import caller_in_words
from sptool.desk.standings import Standing
from sptool.records.case import Case
from sptool.records.review import Chaser
from sptool.text.english import british, number
from sptool.workflow.deadlines import Deadline
from sptool.workflow.state import Request, actions, constraints, open_questions, requests
from sptool.workflow.subjects import in_words


def afoot_parts(standing: Standing) -> list[Part]:
    """The parts of a case's screen that say what is under way."""
    case = standing.case
    return [
        *part("Open deadlines", _open(standing)),
        *part("Deadlines met or stopped", _past(standing)),
        *part("Requests to agencies", _requests(standing)),
        *part("Questions without a reply", _questions(standing)),
        *part("Actions", _actions(standing)),
        *part("CONSTRAINTS", _constraints(case, standing)),
    ]


def _open(standing: Standing) -> Iterator[str]:
    for deadline in standing.still_open:
        when = when_due(deadline, standing.today, standing.working_days_late(deadline))
        reminder = "" if deadline.rule.can_be_late else " (reminder)"
        yield from wrapped(f"{deadline.title}{reminder}", hanging=2)
        yield from wrapped(f"{when[0].upper()}{when[1:]}. To act: {deadline.owner}.", indent=4)
        yield from wrapped(standing.command(deadline), indent=4)


def _past(standing: Standing) -> Iterator[str]:
    for deadline in standing.deadlines:
        if deadline.is_met or deadline.state == "stopped":
            yield from wrapped(f"{deadline.title_now}: {how_it_ended(deadline, standing)}", hanging=2)


def how_it_ended(deadline: Deadline, standing: Standing) -> str:
    """How a deadline that is no longer open ended, in a few words."""
    if deadline.state == "stopped" and deadline.stopped_on:
        return f"stopped on {british(deadline.stopped_on)}, not met: {deadline.stopped_why}"
    if deadline.met_on is None:
        return ""
    met = f"met on {british(deadline.met_on)}"
    if deadline.due_on is None:
        return f"{met}; whether in time can't be said"
    if deadline.state == "met-late":
        late = standing.working_days_late(deadline) or 0
        return f"{met}, {number(late, 'working day')} late (it was due on {british(deadline.due_on)})"
    return f"{met}, in time (it was due on {british(deadline.due_on)})" if deadline.rule.can_be_late else met


def _requests(standing: Standing) -> Iterator[str]:
    for request in requests(standing.case):
        name = standing.framework.name_of("agencies", request.agency)
        yield from wrapped(
            f"{name}: asked on {british(request.asked_on)}, {_answer(request, standing.case)}", hanging=2
        )


def _answer(request: Request, case: Case) -> str:
    if request.answered_on:
        return f"returned on {british(request.answered_on)} ({request.answered_by})"
    chased = [chaser.happened_on for chaser in case.all(Chaser) if request.agency in chaser.agencies]
    times = "once" if len(chased) == 1 else f"{len(chased)} times, last"
    return "OUTSTANDING" + (f"; chased {times} on {british(max(chased))}" if chased else "")


def _questions(standing: Standing) -> Iterator[str]:
    for asked in open_questions(standing.case):
        name = caller_in_words(asked.asked_of, standing.framework)
        yield from wrapped(f"{name}, asked on {british(asked.happened_on)} ({asked.id}):", hanging=2)
        yield from wrapped(asked.question, indent=4)


def _actions(standing: Standing) -> Iterator[str]:
    for state in actions(standing.case):
        ended = f", ended on {british(state.ended_on)}" if state.ended_on else f", due {british(state.due_on)}"
        late = " (late)" if not state.ended_on and state.due_on < standing.today else ""
        yield from wrapped(f"{state.action.id}  {in_words(state.status)}{ended}{late}")
        yield from wrapped(f"{state.action.what}", indent=4)
        yield from wrapped(f"Owner: {state.action.owner}", indent=4)


def _constraints(case: Case, standing: Standing) -> Iterator[str]:
    for constraint in constraints(case):
        review = "REVIEW IS DUE, it was set for" if constraint.review_on <= standing.today else "review on"
        yield from wrapped(constraint.what_not_to_do)
        asked = f"Asked by {constraint.asked_by} on {british(constraint.happened_on)}"
        yield from wrapped(f"{asked}; {review} {british(constraint.review_on)} ({constraint.id}).", indent=4)
