"""The facts that every document has. The names here are the names that templates know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sptool.documents.identifying import PersonFacts, facts_of
from sptool.documents.words import listed
from sptool.framework.models import Framework
from sptool.records.case import Case
from sptool.records.particulars import Person
from sptool.records.referral import Child
from sptool.text.english import in_full
from sptool.workflow.another_look import suspects
from sptool.workflow.deadlines import Deadline
from sptool.workflow.names import label_of
from sptool.workflow.standing import Standing
from sptool.workflow.state import constraints, safety_is_confirmed

_HAPPENED = {"died": "died", "seriously-harmed": "was seriously harmed"}


@dataclass(frozen=True)
class Material:
    """What documents are made from.

    Args:
        standing: the case as it stands on the date of the document.
        training: whether the case folder is a training folder, and nothing in it real.
        agency: the id of the agency that the document is for, where there is one for each.
        people: whom the document identifies, and by what; nobody unless it was asked to.
    """

    standing: Standing
    partnership: str
    training: bool
    agency: str = ""
    people: tuple[Person, ...] = ()

    @property
    def case(self) -> Case:
        """The case."""
        return self.standing.case

    @property
    def framework(self) -> Framework:
        """The edition that it was opened under."""
        return self.standing.framework

    @property
    def today(self) -> date:
        """The date of the document."""
        return self.standing.today

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline of the case as it stands."""
        return self.standing.deadlines

    def deadline(self, rule: str, key: str = "") -> Deadline | None:
        """One deadline of the case, or None if it doesn't have it.

        Args:
            rule: the rule's id, such as `notify`.
            key: which request it is for.
        """
        return next((one for one in self.deadlines if (one.id, one.key) == (rule, key)), None)


@dataclass(frozen=True)
class Folder:
    """What documents are made from that are not about a single case.

    Args:
        cases: every case of the folder, each with the edition that it was opened under.
        framework: the edition in force.
        since: the first day that is reported on; None for the three months up to the day of the document.
    """

    cases: tuple[Material, ...]
    framework: Framework
    today: date
    partnership: str
    training: bool
    since: date | None = None


@dataclass(frozen=True)
class Addressee:
    """Whom a letter is for, by role.

    Args:
        line: role and agency on one line.
        salutation: how the letter begins, without the comma.
    """

    line: str
    salutation: str
    closing: str = "Yours sincerely"


@dataclass(frozen=True)
class ChildFacts:
    """A child by its label. A name never stands here.

    Args:
        label: such as Child A.
        age: in the officer's words, such as "7 months".
        happened: "died" or "was seriously harmed".
    """

    label: str
    age: str | None
    happened: str | None
    died_on: str | None
    harm: str | None


@dataclass(frozen=True)
class DocumentFacts:
    """What every template can name.

    Args:
        edition: the edition that the case was opened under, or that is in force, for other documents.
        checks: what an officer settles before the document is sent.
    """

    partnership: str
    today: str
    training: bool
    framework_title: str
    edition: str
    checks: tuple[str, ...]

    @classmethod
    def of_folder(cls, folder: Folder) -> DocumentFacts:
        """What every document says that is not about a single case."""
        return DocumentFacts(
            partnership=folder.partnership,
            today=in_full(folder.today),
            training=folder.training,
            framework_title=folder.framework.title,
            edition=folder.framework.edition,
            checks=(),
        )


@dataclass(frozen=True)
class CaseFacts(DocumentFacts):
    """What the template of every document about a case can name.

    Args:
        children_listed: their labels as a sentence lists them.
        safety_unconfirmed: whether it is not confirmed that every child is safe now.
        people: who the labels stand for; nobody unless this is a copy that identifies.
    """

    reference: str
    children: tuple[ChildFacts, ...]
    children_listed: str
    several_children: bool
    safety_unconfirmed: bool
    people: tuple[PersonFacts, ...]

    @classmethod
    def common(cls, material: Material, *more_checks: str) -> CaseFacts:
        """What every document says about a case, whatever it is for.

        Args:
            more_checks: what an officer settles before this document is sent, besides what holds for any.
        """
        children = tuple(_child(child) for child in material.case.children)
        return CaseFacts(
            partnership=material.partnership,
            today=in_full(material.today),
            training=material.training,
            framework_title=material.framework.title,
            edition=material.framework.edition,
            checks=(*_checks(material), *more_checks),
            reference=material.case.ref,
            children=children,
            children_listed=listed([child.label for child in children]),
            several_children=len(children) > 1,
            safety_unconfirmed=not safety_is_confirmed(material.case),
            people=tuple(facts_of(material.people)),
        )


def _child(child: Child) -> ChildFacts:
    return ChildFacts(
        label=label_of(child.id),
        age=child.age,
        happened=_HAPPENED.get(child.outcome or ""),
        died_on=in_full(child.died_on) if child.died_on else None,
        harm=child.nature_of_harm,
    )


def _checks(material: Material) -> list[str]:
    """What stands in the way of sending. What a restriction says never stands in a document."""
    case = material.case
    found = [
        "A restriction on what may be shared holds in this case, to be reviewed on "
        f"{in_full(held.review_on)}. Read it first: sptool show {case.ref}"
        for held in constraints(case)
    ]
    if not safety_is_confirmed(case):
        found.append(
            "It is not confirmed that every child in this case is safe now. See to that first, then record it: "
            f"sptool update {case.ref}"
        )
    if suspects(case):
        found.append(
            "A decision in this case rests on something that has been corrected since. Look at it again first: "
            f"sptool next {case.ref}"
        )
    if material.standing.contested:
        found.append(
            "Two records in this case are in conflict, and neither counts until that is settled. Settle it first: "
            f"sptool show {case.ref}"
        )
    return found


def agency_name(material: Material, agency: str) -> str:
    """The name that an agency has on the date of the document, or whichever took its place."""
    known = {entry.id for entry in material.framework.agencies}
    return material.framework.current(agency, material.today).name if agency in known else agency
