"""`sptool search`: where records say something."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.list_cases import Sought as SoughtCases
from sptool.cli.list_cases import in_stage, refuse_unknown
from sptool.cli.screen import say, say_json, say_practice
from sptool.cli.wording import wrapped
from sptool.desk.indexed import asked
from sptool.desk.session import Session
from sptool.errors import UsageError
from sptool.index.asking import is_for_practice
from sptool.index.searching import Hit, Hits, Query, can_be_sought, search
from sptool.text.english import british, number
from sptool.text.plain import Plain
from sptool.text.prose import is_whole
from sptool.workflow.glance import NOT_READABLE, STAGES

MOST = 50


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("search")(search_records)


def search_records(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORD...", help="Words, or beginnings of words; all of them must be there.")
    ],
    stage: Annotated[str, typer.Option(help="Only cases at this stage; a part of its name is enough.")] = "",
    theme: Annotated[str, typer.Option(help="Only cases with this theme, by its id.")] = "",
    agency: Annotated[str, typer.Option(help="Only cases in which this agency plays a part, by its id.")] = "",
    year: Annotated[int | None, typer.Option(help="Only cases opened in this year.")] = None,
    kind: Annotated[str, typer.Option(help="Only records of this kind, such as referral.")] = "",
    most: Annotated[int | None, typer.Option(min=1, help=f"How many to show at most. Left out: {MOST}.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs: all that is found.")] = False,
) -> None:
    """Find the records that hold certain words, in open and closed cases, the newest first.

    Records hold no names of people, so names are not found. Your search words are not kept.
    """
    session = open_session(context)
    wanted = most if most is not None or as_json else MOST
    found = look_for(session, Sought(tuple(words), stage, theme, agency, year, kind), wanted)
    say_practice(found.training, session.clock)
    (say_hits_json if as_json else say_hits)(found.hits)


@dataclass(frozen=True)
class Sought:
    """What was asked for. What is empty doesn't matter.

    Args:
        stage: a part of the stage's name.
        year: the year in which the case was opened.
    """

    words: tuple[str, ...]
    stage: str = ""
    theme: str = ""
    agency: str = ""
    year: int | None = None
    kind: str = ""

    @property
    def query(self) -> Query:
        """The same as the index is asked."""
        stages = [stage for stage in (*STAGES, NOT_READABLE) if self.stage and in_stage(stage, self.stage)]
        return Query(self.words, stages, self.theme, self.agency, self.year, self.kind)


@dataclass(frozen=True)
class Found:
    """What was found, and in what sort of folder."""

    hits: Hits
    training: bool


def look_for(session: Session, sought: Sought, most: int | None) -> Found:
    """The records asked for.

    Args:
        most: how many to show; None for all.

    Raises:
        UsageError: there is nothing to look for, or no stage, theme, agency or kind is called so.
    """
    if not all(is_whole(word) for word in sought.words):
        what = "What you look for holds a letter that can't be read here."
        raise UsageError(what, "Set your terminal to UTF-8, or type the beginning of the word only.")
    if not all(can_be_sought(word) for word in sought.words):
        raise UsageError("There is no letter or digit to look for.", "For example: sptool search fracture")
    refuse_unknown(session, SoughtCases("all", sought.stage, sought.theme, sought.agency, year=sought.year))
    _refuse_unknown_kind(sought.kind)

    def question(index: sqlite3.Connection) -> Found:
        return Found(search(index, sought.query, most), is_for_practice(index))

    return asked(session, question)


def _refuse_unknown_kind(kind: str) -> None:
    if not kind:
        return
    from sptool.framework.lists import did_you_mean
    from sptool.records.kinds import CASE_KINDS

    if kind not in CASE_KINDS:
        raise UsageError(
            f"There is no such kind of record.{did_you_mean(kind, CASE_KINDS)}",
            f"The kinds are: {', '.join(CASE_KINDS)}.",
        )


def say_hits(found: Hits) -> None:
    """Prints each record with the place where it says so."""
    if not found.shown:
        say("No record holds that. Records hold no names of people, so names are never found.")
        return
    for hit in found.shown:
        for line in _lines(hit):
            say(line)
    say()
    for line in wrapped(_summary(found), indent=0):
        say(line)


def _lines(hit: Hit) -> Iterator[str]:
    since = "" if hit.stands else "; it no longer stands"
    on = british(date.fromisoformat(hit.happened_on))
    yield from wrapped(f"{hit.case}  {hit.title}, {on} ({hit.record}){since}. Stage: {hit.stage}", indent=0, hanging=2)
    yield from wrapped(hit.text, indent=4)


def _summary(found: Hits) -> str:
    said = f"{number(found.found, 'record')}."
    if len(found.shown) == found.found:
        return said
    narrower = "Narrow it down with --stage, --theme, --agency, --year or --kind, or see more with --most."
    return f"{said} Only the newest {len(found.shown)} are shown. {narrower}"


def say_hits_json(found: Hits) -> None:
    """Prints the records for other programs."""
    say_json([_as_data(hit) for hit in found.shown])


def _as_data(hit: Hit) -> dict[str, Plain]:
    return {
        "case": hit.case,
        "stage": hit.stage,
        "record": hit.record,
        "kind": hit.kind,
        "happened_on": hit.happened_on,
        "stands": hit.stands,
        "text": hit.text,
    }
