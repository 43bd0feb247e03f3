"""The screen of a decision. Its first part is made from what was known then alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sptool.cli.decision.known_then import known_then_parts
from sptool.cli.screen import WIDTH, say
from sptool.cli.wording import Part, at_moment, changed_lines, part, say_lines, say_parts, wrapped
from sptool.desk.proof.looking_back import before_and_after
from sptool.desk.proof.taken import DecisionTaken, Found
from sptool.records.header import Record
from sptool.records.referral import ClarificationReply, Update
from sptool.text.english import british, number
from sptool.workflow.another_look import Look
from sptool.workflow.hindsight import Later
from sptool.workflow.subjects import step_title
from sptool.workflow.telling import decided_by


def say_decisions(found: Found) -> None:
    """Prints the decisions of a case, to choose one."""
    if not found.decisions:
        say_lines(wrapped(f"{found.case.ref}: nothing has been decided in this case yet.", indent=0))
        return
    say(f"{found.case.ref}: {number(len(found.decisions), 'decision')}")
    for one in found.decisions:
        by = f", by {decided_by(one)}" if decided_by(one) else ""
        say_lines(wrapped(f"{one.id}  {british(one.happened_on):<15}  {step_title(one)}{by}", hanging=29))
    say()
    say_lines(wrapped(f"To see what was known when it was taken: sptool decision {found.case.ref} ID", indent=0))


def say_decision(decision: DecisionTaken) -> None:
    """Prints a decision: what was known then; below a line, what became known later."""
    taken = decision.then.decision
    say_lines(wrapped(f"{taken.case}: {step_title(taken)}", indent=0))
    say("WHAT WAS KNOWN WHEN IT WAS DECIDED")
    say_parts(known_then_parts(decision.then))
    say()
    say("=" * WIDTH)
    say("WHAT BECAME KNOWN OR WAS DONE LATER")
    say_lines(wrapped("Nobody who took the decision knew this. Don't judge the decision by it.", indent=0))
    parts = later_parts(decision)
    say_parts(parts)
    if not parts:
        say("Nothing more has been recorded since.")


def later_parts(decision: DecisionTaken) -> list[Part]:
    """What became known later, part by part."""
    later = decision.later
    news = [one for one in later.others if isinstance(one, Update | ClarificationReply)]
    steps = [one for one in later.others if one not in news]
    return [
        *part("Was another look needed?", _looks(later)),
        *part("What it relied on, put right since", _put_right(later.put_right, decision)),
        *part("The decision's own record, corrected since", _put_right(later.own_corrections, decision)),
        *part("New information", _listed(news)),
        *part("Recorded side by side, neither knowing of the other", _listed(later.side_by_side)),
        *part("Later steps", [*_listed(steps), *_unread(later)]),
    ]


def _looks(later: Later) -> Iterator[str]:
    for look in later.looks:
        yield from wrapped(_look(look), hanging=2)


def _look(look: Look) -> str:
    because = f"Yes: record {look.because.id} put right what it relied on."
    if look.ended_by is None:
        return f"{because} That look is still to be taken."
    how = {"decision-confirmed": "It was confirmed", "withdrawal": "It was withdrawn"}.get(
        look.ended_by.kind, "It was decided afresh"
    )
    return f"{because} {how} on {british(look.ended_by.happened_on)} (record {look.ended_by.id})."


def _put_right(records: Sequence[Record], decision: DecisionTaken) -> Iterator[str]:
    for record in records:
        yield from _listed([record])
        if record.replaces:
            yield from wrapped(f"Reason: {record.replaces.reason}", indent=4)
            earlier = decision.case.by_id.get(record.replaces.record)
            for changed in before_and_after(earlier, record, decision.then.framework):
                yield from changed_lines(changed, indent=4)


def _listed(records: Sequence[Record]) -> Iterator[str]:
    for record in records:
        yield from wrapped(f"{record.id}  {british(record.happened_on):<15}  {step_title(record)}", hanging=29)
        if isinstance(record, Update):
            yield from wrapped(record.what, indent=4)
        if isinstance(record, ClarificationReply):
            yield from wrapped(record.reply, indent=4)
        yield from wrapped(f"recorded {at_moment(record.recorded_at)} by {record.recorded_by}", indent=4)


def _unread(later: Later) -> Iterator[str]:
    for record_id in later.unread:
        yield from wrapped(f"{record_id}  can't be read or placed by this program", hanging=12)
