"""The screen of one case, part by part."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.laid_out import laid_out
from sptool.cli.show.decisions import decision_parts
from sptool.cli.show.under_way import afoot_parts
from sptool.cli.wording import Part, labelled, part, wrapped
from sptool.desk.in_words import answers_of, caller_in_words
from sptool.desk.marks import marks_of
from sptool.desk.standings import Standing
from sptool.records.case import Case, is_on_hold
from sptool.records.closing import Closure, Erasure
from sptool.records.referral import Referral
from sptool.text.english import british
from sptool.workflow.deadlines import previous_clocks
from sptool.workflow.names import label_of
from sptool.workflow.state import safety_is_confirmed
from sptool.workflow.subjects import in_words, step_title
from sptool.workflow.untaken import files_told, untaken_records
from sptool.workflow.waiting import waiting_for

CLOCKS = {
    "incident_on": "Incident",
    "agency_aware_on": "Agency aware",
    "harm_known_on": "Harm known",
    "abuse_suspected_on": "Abuse suspected",
    "la_aware_on": "Authority aware",
}
SHOWN_ELSEWHERE = {*CLOCKS, "at_risk_now", "children", "aware_judged_by", "aware_basis"}


def case_parts(standing: Standing) -> list[Part]:
    """Everything that the screen of a case holds; what is empty is left out."""
    if not standing.case.records:
        return [*_loud(standing), *_records(standing)]
    return [
        *_loud(standing),
        *part("How it stands", _stands(standing)),
        *part("The clock", _clock(standing.case)),
        *part("Children", _children(standing)),
        *part("What is known", _known(standing)),
        *decision_parts(standing),
        *afoot_parts(standing),
        *part("Linked cases", _links(standing)),
        *_records(standing),
    ]


def _loud(standing: Standing) -> list[Part]:
    lines = [
        line
        for one in standing.loud
        for line in (*wrapped(one.what, hanging=2), *wrapped(one.command, indent=4))
        if line.strip() != f"sptool show {standing.case.ref}"
    ]
    return part("LOOK AT THIS FIRST", lines)


def _stands(standing: Standing) -> Iterator[str]:
    case = standing.case
    yield from labelled("Stage", standing.stage)
    for waiting in waiting_for(case, standing.framework):
        yield from labelled("Waits for", waiting.what)
        yield from labelled("", waiting.command)
    if case.latest(Referral):
        confirmed = "confirmed: no child is at risk now" if safety_is_confirmed(case) else "NOT CONFIRMED"
        yield from labelled("Safety", confirmed)
    yield from labelled("Lead officer", standing.lead or "none yet")
    yield from labelled("Framework", f"edition {standing.framework.edition}")
    yield from _marks_of_the_case(standing)
    yield from _referral(standing)


def _marks_of_the_case(standing: Standing) -> Iterator[str]:
    case = standing.case
    closure, erasure = case.latest(Closure), case.latest(Erasure)
    if standing.is_closed and closure:
        reason = standing.framework.name_of("closure-reasons", closure.reason)
        yield from labelled("Closed", f"on {british(closure.happened_on)}: {reason} (record {closure.id})")
    if is_on_hold(case):
        yield from labelled("Legal hold", "nothing of this case may be erased")
    if erasure:
        yield from labelled("Erased", f"particulars, on {british(erasure.happened_on)} (record {erasure.id})")


def _referral(standing: Standing) -> Iterator[str]:
    referral = standing.case.latest(Referral)
    if referral is not None:
        caller = caller_in_words(referral.caller, standing.framework)
        yield from labelled("Referred", f"on {british(referral.happened_on)} by {caller}")
        yield from labelled("In short", referral.summary)


def _clock(case: Case) -> Iterator[str]:
    facts = case.facts
    for name, label in CLOCKS.items():
        on = getattr(facts, name)
        if on is not None:
            yield from labelled(label, british(on) if on != "unknown" else "not known")
    yield from labelled("Judged by", facts.aware_judged_by or "")
    yield from labelled("On what basis", facts.aware_basis or "")
    for day, record in previous_clocks(case):
        yield from labelled("Earlier clock", f"it counted from {british(day)} (record {record})")


def _children(standing: Standing) -> Iterator[str]:
    for child in standing.case.children:
        yield from wrapped(label_of(child.id))
        known = [answered for answered in answers_of(child, standing.framework) if answered.field != "id"]
        for answered in known:
            yield from laid_out(answered, indent=4)
        if not known:
            yield from wrapped("nothing more is known yet", indent=4)


def _known(standing: Standing) -> Iterator[str]:
    for answered in answers_of(standing.case.facts, standing.framework):
        if answered.field not in SHOWN_ELSEWHERE:
            yield from laid_out(answered)


def _links(standing: Standing) -> Iterator[str]:
    for other, relation in standing.linked:
        yield from wrapped(f"{other}  {in_words(relation)}")


def _records(standing: Standing) -> list[Part]:
    lines: list[str] = []
    for record in standing.case.records:
        lines += wrapped(f"{record.id}  {british(record.happened_on):<15}  {step_title(record)}", hanging=12)
        for mark in marks_of(record, standing):
            lines += wrapped(mark, indent=31)
    apart = untaken_records(standing.case)
    for item in apart:
        lines += wrapped(f"{item.id}  can't be {item.how}: {item.why}", hanging=12)
    if files := files_told(standing.case):
        lines += wrapped(files, hanging=2)
    hint = f"  To read one: sptool show {standing.case.ref} --record ID"
    return part(f"Records ({len(standing.case.records) + len(apart)})", [*lines, hint])
