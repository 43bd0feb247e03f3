"""`sptool overdue`: the morning check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_json, say_practice, tell
from sptool.cli.wording import Part, part, say_parts, when_due, wrapped
from sptool.desk.morning import Due, Morning, Outlook, gather
from sptool.text.english import british, number
from sptool.text.plain import Plain
from sptool.workflow.glance import Loud

DAYS_AHEAD = 5


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("overdue")(overdue)


def overdue(
    context: typer.Context,
    within: Annotated[
        int | None,
        typer.Option(min=0, max=400, help=f"How many working days to look ahead. Left out: {DAYS_AHEAD}."),
    ] = None,
    late_only: Annotated[bool, typer.Option("--late-only", help="Only what is late.")] = False,
    owner: Annotated[str, typer.Option(help="Only what this owner, or the cases of this lead officer, must do.")] = "",
    agency: Annotated[str, typer.Option(help="Only what this agency must do, by its id.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For other programs: every open deadline.")] = False,
) -> None:
    """The morning check: what can't wait, what is late, and what is due next.

    Exits with 1 if anything is late.
    """
    session = open_session(context)
    ahead = within if within is not None or as_json else DAYS_AHEAD
    found = gather(session, Outlook(ahead, late_only, owner, agency))
    say_practice(found.training, session.clock)
    (say_morning_json if as_json else say_morning)(found)
    if found.late:
        raise typer.Exit(1)


def say_morning(found: Morning) -> None:
    """Prints the morning check: what can't wait, then late, due today, coming, and the reminders apart."""
    say(f"Morning check, {british(found.today)}")
    say_parts(_parts(found))
    say()
    for line in wrapped(_summary(found), indent=0):
        say(line)


def say_morning_json(found: Morning) -> None:
    """Prints the deadlines for other programs; what can't wait goes to the messages."""
    for one in found.loud:
        tell(f"{one.case}: {one.what}")
    every = (found.unknown, found.late, found.due_today, found.coming, found.reminders)
    say_json([_as_data(due) for group in every for due in group])


def _as_data(due: Due) -> dict[str, Plain]:
    deadline = due.deadline
    return {
        "case": deadline.case,
        "deadline": deadline.id,
        "title": deadline.title,
        "due": deadline.due_on.isoformat() if deadline.due_on else None,
        "working_days_late": due.late,
        "owner": deadline.owner,
        "force": deadline.force,
        "source": deadline.source,
        "command": deadline.command,
    }


def _parts(found: Morning) -> Iterator[Part]:
    yield from part(f"LOOK AT THESE FIRST ({len(found.loud)})", _loud_lines(found.loud))
    yield from part(f"Late ({len(found.late)})", _lines(found.late, found))
    yield from part(f"Due today ({len(found.due_today)})", _lines(found.due_today, found))
    yield from part(f"{_ahead(found).capitalize()} ({len(found.coming)})", _lines(found.coming, found))
    yield from part(f"Reminders (local, never late) ({len(found.reminders)})", _lines(found.reminders, found))


def _ahead(found: Morning) -> str:
    ahead = found.outlook.ahead
    return "later" if ahead is None else f"in the next {number(ahead, 'working day')}"


def _loud_lines(loud: Iterable[Loud]) -> Iterator[str]:
    for one in loud:
        yield from wrapped(f"{one.case}  {one.what}", hanging=2)
        yield from wrapped(one.command, indent=4)


def _lines(group: Iterable[Due], found: Morning) -> Iterator[str]:
    for due in group:
        deadline = due.deadline
        yield from wrapped(f"{deadline.case}  {deadline.title}", hanging=2)
        lead = f" Lead officer: {deadline.lead}." if deadline.lead else ""
        when = when_due(deadline, found.today, due.late)
        force = "" if deadline.force == "reminder" else f" Force: {deadline.force}."
        yield from wrapped(f"{when[0].upper()}{when[1:]}. To act: {deadline.owner}.{lead}{force}", indent=4)
        yield from wrapped(deadline.command, indent=4)


def _summary(found: Morning) -> str:
    only = " for this owner or agency" if found.outlook.owner or found.outlook.agency else ""
    if found.late or found.due_today:
        return f"{len(found.late)} late, {len(found.due_today)} due today{only}."
    what = "is late" if found.outlook.late_only or found.coming else f"is due {_ahead(found)}"
    return f"Apart from that, nothing {what}{only}." if found.loud or found.reminders else f"Nothing {what}{only}."
