"""What was known when a decision was taken, kept apart from what became known later.

Framework, section 3: a review avoids hindsight bias. So the first is made from the decider's own records alone; what
came later can't reach it, and is worked out separately.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sptool.framework.models import Criterion, Framework
from sptool.records.case import Case
from sptool.records.header import Record
from sptool.records.learning import LearningOutcome
from sptool.records.notification import NotificationDecision
from sptool.records.referral import Child, ClarificationQuestion, Facts
from sptool.records.review import InformationRequest, LocalReviewDecision
from sptool.records.walk import leaves
from sptool.text.plain import Path
from sptool.workflow.another_look import Look, looks
from sptool.workflow.deadlines import CalendarFor
from sptool.workflow.names import label_of
from sptool.workflow.standing import Standing
from sptool.workflow.state import Request, open_questions, outstanding_requests, root_of
from sptool.workflow.subjects import untaken_records

AnyDecision: TypeAlias = NotificationDecision | LocalReviewDecision | LearningOutcome
NOT_KNOWN = ("unknown", "not-known")


def decisions(case: Case) -> tuple[AnyDecision, ...]:
    """Every decision of a case as it was first written, oldest first."""
    return tuple(
        record for record in case.records if isinstance(record, AnyDecision) and root_of(case, record.id) == record.id
    )


@dataclass(frozen=True)
class Asked:
    """One criterion as the edition of the day words it, and how it was answered.

    Args:
        about: the child's label, or empty.
        heading: which list it belongs to.
        answer: `met`, `not-met`, `not-known`, or empty where there is no answer.
    """

    about: str
    heading: str
    criterion: Criterion
    answer: str
    source: str


@dataclass(frozen=True)
class KnownThen:
    """A decision with what its taker had, and nothing else.

    Args:
        decision: the decision as it was first written.
        standing: the case as it stood on the day of the decision: exactly the records that its writer had, under
            the edition that the decision was written under.
        unread: the ids of those of them that this program can't read or place.
    """

    decision: AnyDecision
    standing: Standing
    unread: tuple[str, ...]

    @property
    def case(self) -> Case:
        """Exactly the records that the decision's writer had."""
        return self.standing.case

    @property
    def framework(self) -> Framework:
        """The edition that the decision was written under."""
        return self.standing.framework

    @property
    def dated_after(self) -> tuple[Record, ...]:
        """Records that its writer had, of what is dated after the day of the decision.

        A decision may be written up days after it was taken. Its taker can't have known what came in between.
        """
        return tuple(record for record in self.case.records if _dated(record) > self.decision.happened_on)

    @property
    def criteria(self) -> tuple[Asked, ...]:
        """Every criterion of the decision's kind in the words of that edition, answered or not."""
        return tuple(_criteria(self.decision, self.framework))

    @property
    def facts_unknown(self) -> tuple[str, ...]:
        """The questions about the facts of the case that were answered "unknown"."""
        facts = self.case.facts
        return tuple(_asked_about(facts, leaf.path) for leaf in leaves(facts) if leaf.value in NOT_KNOWN)

    @property
    def facts_unanswered(self) -> tuple[str, ...]:
        """The questions about the facts of the case that nobody had answered."""
        facts = self.case.facts
        return tuple(_question(name) for name in Facts.model_fields if getattr(facts, name) in (None, ()))

    @property
    def questions_open(self) -> tuple[ClarificationQuestion, ...]:
        """Clarifications that were asked and not yet answered."""
        return open_questions(self.case)

    @property
    def returns_outstanding(self) -> tuple[Request, ...]:
        """Agencies that were asked and had not yet answered."""
        return outstanding_requests(self.case) if self.case.all(InformationRequest) else ()


def known_then(case: Case, decision: AnyDecision, framework: Framework, calendar_for: CalendarFor) -> KnownThen:
    """A decision with exactly what its taker had.

    Args:
        case: the whole case; only the past of the decision is read.
        decision: the decision as it was first written.
        framework: the edition that the decision names.
    """
    past = case.pasts[decision.id]
    unread = tuple(item.id for item in untaken_records(case) if item.id in past)
    then = Standing(case.known_to(decision.id), framework, decision.happened_on, calendar_for)
    return KnownThen(decision, then, unread)


@dataclass(frozen=True)
class Later:
    """What became known or was done after a decision, or beside it without its taker's knowledge.

    Args:
        side_by_side: records written without knowledge of the decision, nor it of them.
        put_right: corrections and withdrawals of what the decision relied on.
        own_corrections: corrections of the decision's own record.
        others: every other later record.
        looks: the times it needed another look, and how each ended.
        unread: the ids of later records that this program can't read or place.
    """

    side_by_side: tuple[Record, ...]
    put_right: tuple[Record, ...]
    own_corrections: tuple[Record, ...]
    others: tuple[Record, ...]
    looks: tuple[Look, ...]
    unread: tuple[str, ...]


def known_later(case: Case, decision: AnyDecision) -> Later:
    """What the taker of a decision could not know.

    Args:
        case: the case as it is now.
        decision: the decision as it was first written.
    """
    known = case.pasts[decision.id] | {decision.id}
    after = [record for record in case.records if record.id not in known]
    kinds = {record.id: _how(case, decision, record) for record in after}

    def of(how: str) -> tuple[Record, ...]:
        return tuple(record for record in after if kinds[record.id] == how)

    return Later(
        side_by_side=of("beside"),
        put_right=of("put right"),
        own_corrections=of("own"),
        others=of("other"),
        looks=tuple(look for look in looks(case) if look.decision.id == decision.id),
        unread=tuple(item.id for item in untaken_records(case) if item.id not in known),
    )


def _dated(record: Record) -> date:
    """The day on which something could first be known. A correction has the day of what it corrects as its own."""
    corrects = record.replaces is not None and record.replaces.kind == "correction"
    return record.recorded_at.date() if corrects else record.happened_on


def _how(case: Case, decision: AnyDecision, record: Record) -> str:
    if record.replaces and record.replaces.kind != "reconsideration":
        root = root_of(case, record.replaces.record)
        if root == decision.id:
            return "own"
        if root in case.pasts[decision.id]:
            return "put right"
    return "other" if decision.id in case.pasts[record.id] else "beside"


def _criteria(decision: AnyDecision, framework: Framework) -> Iterator[Asked]:
    lists = framework.criteria
    if isinstance(decision, NotificationDecision):
        for one in decision.criteria:
            yield from _asked("Notification", lists.notification, one.answers, framework, one.child)
    if isinstance(decision, LocalReviewDecision):
        yield from _asked("Local review", lists.local_review, decision.criteria, framework)
        yield from _asked("Circumstances", lists.circumstances, decision.circumstances, framework)
        yield from _asked("National review", lists.national_review, decision.national_criteria, framework)


def _asked(
    heading: str,
    criteria: tuple[Criterion, ...],
    answers: Mapping[str, str],
    framework: Framework,
    child: str = "",
) -> Iterator[Asked]:
    for criterion in criteria:
        yield Asked(child, heading, criterion, answers.get(criterion.id, ""), framework.cite(criterion))


def _asked_about(facts: Facts, path: Path) -> str:
    """The question at a place among the facts, with the child that it is about."""
    first, *rest = path
    if first == "children" and isinstance(rest[0], int):
        asked = Child.model_fields[str(rest[-1])].title or str(rest[-1])
        return f"{label_of(facts.children[rest[0]].id)}: {asked}"
    return _question(str(first))


def _question(name: str) -> str:
    return Facts.model_fields[name].title or name
