"""`sptool action list`: the actions of one case, or the open ones of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_json, say_table
from sptool.desk.session import Session
from sptool.text.english import british

if TYPE_CHECKING:
    from sptool.text.plain import Plain
    from sptool.workflow.state import ActionState

HEADINGS = ("Action", "Due", "How it stands", "Owner")


def list_actions(
    context: typer.Context,
    reference: Annotated[
        str, typer.Argument(metavar="[REF]", help="The case; left out: the open actions of every case.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """List the actions of a case, or the open actions of every case."""
    found = list(_actions(open_session(context), reference))
    if as_json:
        say_json([_as_data(case, state) for case, state in found])
    elif not found:
        say("This case has no actions." if reference else "No action is open in any case.")
    else:
        _say(found, with_case=not reference)


def _actions(session: Session, reference: str) -> list[tuple[str, ActionState]]:
    from sptool.workflow.state import actions, open_actions

    if reference:
        case = session.case(session.reference(reference))
        return [(case.ref, state) for state in actions(case)]
    found = [(case.ref, state) for case in session.book.cases() for state in open_actions(case)]
    return sorted(found, key=lambda pair: (pair[1].due_on, pair[0]))


def _say(found: list[tuple[str, ActionState]], *, with_case: bool) -> None:
    from sptool.workflow.subjects import in_words

    rows = [
        (*((case,) if with_case else ()), one.action.id, british(one.due_on), in_words(one.status), one.action.owner)
        for case, one in found
    ]
    say_table((*(("Case",) if with_case else ()), *HEADINGS), rows, keep_whole=(0, 1) if with_case else (0,))
    say("To update one: sptool action update REF ACTION")


def _as_data(case: str, state: ActionState) -> dict[str, Plain]:
    return {
        "case": case,
        "action": state.action.id,
        "what": state.action.what,
        "owner": state.action.owner,
        "agency": state.action.agency,
        "theme": state.action.theme,
        "status": state.status,
        "due": state.due_on.isoformat(),
        "ended_on": state.ended_on.isoformat() if state.ended_on else None,
    }
