"""`sptool explain`: why a deadline is due when it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from sptool.cli.arguments import CaseArgument, open_session
from sptool.cli.screen import say, say_if_practice, say_json
from sptool.cli.wording import labelled, say_lines, wrapped
from sptool.desk.as_data.case import deadline_data
from sptool.desk.standings import Standing, standing_of
from sptool.errors import UsageError
from sptool.framework.lists import did_you_mean
from sptool.text.english import british
from sptool.text.plain import Plain
from sptool.workflow.explain import Explanation
from sptool.workflow.explain import explain as explanation_of
from sptool.working_days import CountedDay


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("explain")(explain)


def explain(
    context: typer.Context,
    ref: CaseArgument,
    deadline: Annotated[str, typer.Argument(help="The deadline's id, such as notify.")],
    key: Annotated[str, typer.Option(help="Where there are several of one id: the record or request.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Explain a deadline: what started it, the rule and its source, and every day counted or skipped."""
    session = open_session(context)
    say_if_practice(session)
    standing = standing_of(session, ref)
    found = explained(standing, deadline, key)
    (say_reasons_json if as_json else say_reasons)(standing, found)


def explained(standing: Standing, deadline: str, key: str) -> list[Explanation]:
    """Every deadline of a case with that id, explained.

    Args:
        key: part of the key of one of several; empty for all.

    Raises:
        UsageError: the case has no such deadline.
    """
    wanted = deadline.strip().casefold()
    known = [one for one in standing.deadlines if one.id == wanted]
    if not known:
        raise _unknown(standing, wanted)
    found = [one for one in known if not key or key in one.key]
    if not found:
        keys = ", ".join(one.key for one in known if one.key) or "none; leave --key out"
        raise UsageError("No deadline of this id has such a key.", f"The keys are: {keys}.")
    return [explanation_of(one, standing.case, standing.framework, standing.calendar(one)) for one in found]


def _unknown(standing: Standing, wanted: str) -> UsageError:
    of_the_case = list(dict.fromkeys(one.id for one in standing.deadlines))
    listed = f"This case has: {', '.join(of_the_case) or 'none'}."
    if any(rule.id == wanted for rule in standing.framework.deadlines):
        return UsageError(
            "This case does not have that deadline: nothing has started it, or it is no longer needed.",
            f"{listed} About the rule itself: sptool framework explain {wanted}",
        )
    return UsageError(f"There is no such deadline.{did_you_mean(wanted, of_the_case)}", listed)


def say_reasons(standing: Standing, found: Sequence[Explanation]) -> None:
    """Prints each explanation: trigger, rule, source, the days, the due date, how it stands."""
    for at, one in enumerate(found):
        if at:
            say()
        deadline = one.deadline
        say("\n".join(wrapped(f"{standing.case.ref}: {deadline.title}", indent=0)))
        if len(found) > 1 and deadline.key:
            say_lines(labelled("Key", deadline.key))
        say_lines(_reasons(one))
        say_lines(_days(one))
        say_lines(_conclusion(one))


def _reasons(one: Explanation) -> Iterator[str]:
    yield from labelled("Trigger", one.trigger + (f" ({one.deadline.started_by})" if one.deadline.started_by else ""))
    for earlier in one.earlier:
        yield from labelled("Earlier clock", earlier)
    yield from labelled("Rule", one.rule)
    yield from labelled("Force", one.deadline.force)
    yield from labelled("Source", one.source)
    yield from labelled("Note", one.note)


def _days(one: Explanation) -> Iterator[str]:
    yield from days_counted(one.counted)


def days_counted(counted: Sequence[CountedDay]) -> Iterator[str]:
    """Every day of a count, counted or skipped and why, a line each."""
    for day in counted:
        if day.number is None:
            yield f"  {british(day.on):<17}skipped: {day.why}"
        else:
            why = f" ({day.why})" if day.why else ""
            yield f"  {british(day.on):<17}day {day.number}{why}"


def _conclusion(one: Explanation) -> Iterator[str]:
    if one.due_on:
        yield from labelled("Due", british(one.due_on))
    yield from labelled("Provisional", one.provisional.removeprefix("Provisional: "))
    yield from labelled("Now", one.outcome)


def say_reasons_json(standing: Standing, found: Sequence[Explanation]) -> None:
    """Prints the explanations for other programs: always a list, since a case can have several of one id."""
    say_json([_as_data(one, standing) for one in found])


def _as_data(one: Explanation, standing: Standing) -> dict[str, Plain]:
    return {
        "case": standing.case.ref,
        **deadline_data(one.deadline, standing),
        "trigger": one.trigger,
        "started_by": one.deadline.started_by or None,
        "earlier_clocks": list[Plain](one.earlier),
        "rule": one.rule,
        "note": one.note or None,
        "days": list[Plain](days_data(one.counted)),
        "provisional_because": one.provisional or None,
        "outcome": one.outcome,
    }


def days_data(counted: Sequence[CountedDay]) -> list[Plain]:
    """Every day of a count, for other programs."""
    return [{"on": day.on.isoformat(), "number": day.number, "why": day.why or None} for day in counted]
