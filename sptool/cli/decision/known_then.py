"""What was known when a decision was taken, on a screen. Made from that alone: nothing later can be seen from here."""

from __future__ import annotations

from collections.abc import Iterator

from sptool.cli.show.under_way import how_it_ended
from sptool.cli.wording import Part, at_moment, labelled, laid_out, part, when_due, wrapped
from sptool.desk.in_words import answers_of, caller_in_words
from sptool.desk.proof.looking_back import days_later
from sptool.documents.words import cited
from sptool.records.notification import Deliberation
from sptool.records.referral import Facts
from sptool.text.english import british, number
from sptool.workflow.hindsight import KnownThen
from sptool.workflow.names import label_of
from sptool.workflow.subjects import step_title
from sptool.workflow.telling import decided_by, position_told

_ELSEWHERE = {
    *("happened_on", "out_of_order", "decided_by", "participants", "positions", "dissent", "not_known"),
    *("criteria", "circumstances", "national_criteria"),
}
_ANSWERS = {"met": "MET", "not-met": "not met", "not-known": "UNCLEAR", "": "not answered"}


def known_then_parts(then: KnownThen) -> list[Part]:
    """A decision with what its taker had, part by part."""
    return [
        *part("The decision", [*_taken(then), *_said(then)]),
        *part(f"The criteria, in the words of edition {then.framework.edition}", _criteria(then)),
        *part("Where each partner stood", _positions(then)),
        *part("What was not known", _unknown(then)),
        *part("What was known of the case", _facts(then)),
        *part("Deadlines as they stood that day", _deadlines(then)),
        *part(f"The records that were there ({len(then.case.records) + len(then.unread)})", _records(then)),
    ]


def _taken(then: KnownThen) -> Iterator[str]:
    decision = then.decision
    yield from labelled("Decided on", british(decision.happened_on))
    yield from labelled("Decided by", decided_by(decision) or "not recorded")
    later = days_later(decision)
    ago = f", {number(later, 'day')} later" if later > 0 else ""
    yield from labelled("Recorded", f"{at_moment(decision.recorded_at)} by {decision.recorded_by}{ago}")
    yield from labelled("Record", decision.id)
    digest = then.framework.sha256[:12]
    yield from labelled("Framework", f"edition {then.framework.edition} (its file's SHA-256 begins {digest})")
    if isinstance(decision, Deliberation):
        yield from labelled("Took part", "; ".join(decision.participants))
    yield from labelled("Out of order", decision.out_of_order or "")


def _said(then: KnownThen) -> Iterator[str]:
    for answered in answers_of(then.decision, then.framework):
        if answered.field not in _ELSEWHERE:
            yield from laid_out(answered, indent=0)


def _criteria(then: KnownThen) -> Iterator[str]:
    heading = ""
    for asked in then.criteria:
        above = asked.heading + (f": {label_of(asked.about)}" if asked.about else "")
        if above != heading:
            yield from wrapped(above)
            heading = above
        yield from wrapped(f"{_ANSWERS[asked.answer]}: {asked.criterion.wording}", indent=4, hanging=2)
        yield from wrapped(f"({cited(asked.criterion, then.framework)})", indent=6)
    for one in getattr(then.decision, "criteria", ()):
        if getattr(one, "evidence", None):
            yield from wrapped(f"Evidence for {label_of(one.child)}: {one.evidence}")


def _positions(then: KnownThen) -> Iterator[str]:
    decision = then.decision
    if not isinstance(decision, Deliberation):
        return
    for position in decision.positions:
        yield from wrapped(f"{position_told(position, then.framework)}.", hanging=2)
    told = {position.partner for position in decision.positions}
    for partner in then.framework.safeguarding_partners:
        if partner.valid(decision.happened_on) and partner.id not in told:
            yield from wrapped(f"{partner.name}: no position is recorded.", hanging=2)
    yield from wrapped(f"Dissent: {decision.dissent}" if decision.dissent else "No dissent is recorded.", hanging=2)


def _unknown(then: KnownThen) -> Iterator[str]:
    said = getattr(then.decision, "not_known", None)
    yield from wrapped(said or "Nothing is recorded in the decider's own words.")
    for asked in then.criteria:
        if asked.answer == "not-known":
            child = f"{label_of(asked.about)}: " if asked.about else ""
            yield from wrapped(f"- Unclear: {child}{asked.criterion.name}", hanging=2)
    for question in then.facts_unknown:
        yield from wrapped(f'- Answered "unknown": {question}', hanging=2)
    for waiting in then.questions_open:
        asked_of = caller_in_words(waiting.asked_of, then.framework)
        yield from wrapped(f"- No reply yet from {asked_of} ({waiting.id}): {waiting.question}", hanging=2)
    for request in then.returns_outstanding:
        agency = then.framework.name_of("agencies", request.agency)
        yield from wrapped(f"- No return yet from {agency}, asked on {british(request.asked_on)}", hanging=2)
    if then.facts_unanswered:
        yield from wrapped("- Nobody had answered yet:", hanging=2)
        for question in then.facts_unanswered:
            yield from wrapped(question, indent=6)


def _facts(then: KnownThen) -> Iterator[str]:
    facts: Facts = then.case.facts
    for answered in answers_of(facts, then.framework):
        yield from laid_out(answered)


def _deadlines(then: KnownThen) -> Iterator[str]:
    standing = then.standing
    for deadline in standing.deadlines:
        if deadline.is_open:
            how = when_due(deadline, standing.today, standing.working_days_late(deadline))
        else:
            how = how_it_ended(deadline, standing)
        reminder = "" if deadline.rule.can_be_late else " (reminder)"
        yield from wrapped(f"{deadline.title}{reminder}: {how} ({deadline.source})", hanging=2)


def _records(then: KnownThen) -> Iterator[str]:
    after = {record.id for record in then.dated_after}
    for record in then.case.records:
        yield from wrapped(f"{record.id}  {british(record.happened_on):<15}  {step_title(record)}", hanging=29)
        if record.id in after:
            yield from wrapped("DATED AFTER the day of the decision: its taker can't have had it", indent=4)
        for answered in answers_of(record, then.framework):
            if answered.field != "happened_on":
                yield from laid_out(answered, indent=4)
    for record_id in then.unread:
        yield from wrapped(f"{record_id}  can't be read or placed by this program", hanging=12)
