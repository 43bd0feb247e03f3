"""The quarterly report of themes and actions to the Practice Development Forum, and on to the boards (section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sptool.documents.action_plan import ActionFacts, action_facts
from sptool.documents.context import DocumentFacts, Folder, Material
from sptool.documents.days import by_day
from sptool.documents.forum_facts import (
    BriefingFacts,
    ForumReport,
    OutcomeFacts,
    ProgressFacts,
    ReviewFacts,
    ThemeFacts,
    WorkStream,
)
from sptool.documents.kinds import COLLEAGUE, FolderDocument
from sptool.documents.words import listed, named, period
from sptool.records.header import Record
from sptool.records.learning import Action, Briefing, LearningOutcome
from sptool.records.review import RapidReview, ReviewCommissioned, ReviewProgress, ReviewPublished
from sptool.text.english import in_full
from sptool.workflow.state import ActionState, actions
from sptool.workflow.subjects import in_words

SMALLEST_NUMBER = 5  # of cases that is given as it is, so that nobody is known by a rare theme
QUARTER = timedelta(days=91)
OTHER_WORK = "Without a theme"


@dataclass(frozen=True)
class _Followed:
    """An action with the case that it belongs to."""

    state: ActionState
    told: ActionFacts
    made_a_difference: bool


def gather(folder: Folder) -> ForumReport:
    """The facts of the forum report."""
    groups = {group.id: group for group in folder.framework.groups}
    forum = groups.get("forum")
    boards = [f"the {groups[one].name}" for one in forum.reports_to if one in groups] if forum else []
    work = tuple(_followed(folder))
    return ForumReport(
        **vars(DocumentFacts.of_folder(folder)),
        forum=folder.framework.name_of("groups", "forum"),
        meets=forum.meets or None if forum else None,
        members=tuple(member.role for member in forum.members) if forum else (),
        boards=listed(boards) if boards else None,
        period=period(since(folder), folder.today) or "",
        smallest_number=SMALLEST_NUMBER,
        themes=_themes(folder),
        outcomes=tuple(_outcomes(folder)),
        briefings=tuple(_briefings(folder)),
        reviews=tuple(_reviews(folder)),
        work=_streams(work),
        progress=_progress(work),
        to_escalate=tuple(
            one.told for one in work if one.told.late or one.state.status in ("at-risk", "not-implemented")
        ),
    )


DOCUMENT = FolderDocument(
    id="forum-report",
    title="Forum report",
    audience="the Practice Development Forum and the boards",
    salutation=COLLEAGUE,
    gather=gather,
    identifies=(),
)


def since(folder: Folder) -> date:
    """The first day that is reported on."""
    return folder.since or folder.today - QUARTER + timedelta(days=1)


def _in_period(day: date, folder: Folder) -> bool:
    return since(folder) <= day <= folder.today


def _recent(material: Material, folder: Folder) -> Iterator[Record]:
    return (record for record in material.case.standing if _in_period(record.happened_on, folder))


def _themes(folder: Folder) -> tuple[ThemeFacts, ...]:
    cases: dict[str, int] = {}
    for material in folder.cases:
        codes = {code for record in _recent(material, folder) for code in _codes(record)}
        for name in sorted({material.framework.name_of("themes", code) for code in codes}):
            cases[name] = cases.get(name, 0) + 1
    order = sorted(cases, key=lambda name: (-max(cases[name], SMALLEST_NUMBER - 1), name))
    return tuple(ThemeFacts(name, _number(cases[name])) for name in order)


def _codes(record: Record) -> tuple[str, ...]:
    if isinstance(record, RapidReview | LearningOutcome | Briefing):
        return record.themes
    return (record.theme,) if isinstance(record, Action) and record.theme else ()


def _number(count: int) -> str:
    return str(count) if count >= SMALLEST_NUMBER else f"Fewer than {SMALLEST_NUMBER}"


def _outcomes(folder: Folder) -> Iterator[OutcomeFacts]:
    for material in folder.cases:
        for record in _recent(material, folder):
            if isinstance(record, LearningOutcome):
                yield OutcomeFacts(
                    decided_on=in_full(record.happened_on),
                    approaches=named(record.approaches, "approaches", material.framework) or "",
                    learning=record.learning,
                )


def _briefings(folder: Folder) -> Iterator[BriefingFacts]:
    for material in folder.cases:
        for record in _recent(material, folder):
            if isinstance(record, Briefing):
                themes = named(record.themes, "themes", material.framework)
                yield BriefingFacts(in_full(record.happened_on), themes or OTHER_WORK, record.key_information)


def _reviews(folder: Folder) -> Iterator[ReviewFacts]:
    for material in folder.cases:
        case = material.case
        begun, ended = case.latest(ReviewCommissioned), case.latest(ReviewPublished)
        if begun and (ended is None or _in_period(ended.happened_on, folder)):
            yield ReviewFacts(
                reference=case.ref,
                commissioned_on=in_full(begun.happened_on),
                standing=_standing(case.latest(ReviewProgress), ended),
                publish_by=by_day(material, "publish") or "No date yet",
            )


def _standing(progress: ReviewProgress | None, ended: ReviewPublished | None) -> str:
    if ended:
        return f"{in_words(ended.published).capitalize()}, {in_full(ended.happened_on)}"
    return in_words(progress.status).capitalize() if progress else "Begun"


def _followed(folder: Folder) -> Iterator[_Followed]:
    for material in folder.cases:
        for state in actions(material.case):
            if state.ended_on is None or _in_period(state.ended_on, folder):
                told = action_facts(state, material)
                assured = told.assurance
                yield _Followed(state, told, assured is not None and assured.difference == "made-a-difference")


def _streams(work: Iterable[_Followed]) -> tuple[WorkStream, ...]:
    found: dict[str, list[ActionFacts]] = {}
    for one in work:
        found.setdefault(one.told.theme or OTHER_WORK, []).append(one.told)
    order = sorted(found, key=lambda theme: (theme == OTHER_WORK, theme))
    return tuple(WorkStream(theme, tuple(found[theme])) for theme in order)


def _progress(work: tuple[_Followed, ...]) -> ProgressFacts:
    def count(status: str) -> int:
        return sum(one.state.status == status for one in work)

    return ProgressFacts(
        not_started=count("not-started"),
        on_track=count("on-track"),
        at_risk=count("at-risk"),
        awaiting_evidence=count("complete-awaiting-evidence"),
        late=sum(one.told.late for one in work),
        assured=count("assured"),
        made_a_difference=sum(one.made_a_difference for one in work),
        not_implemented=count("not-implemented"),
    )
