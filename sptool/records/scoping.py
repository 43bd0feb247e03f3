"""Stage 6: what the agencies are asked, what they answer, and the chasers."""

from typing import Annotated, ClassVar, Literal

from sptool.records.fields import Agency, Day, DayAhead, Frozen, KeyMark, Line, Prose, Role, ask, may_ask
from sptool.records.header import Record


class RequestTo(Frozen):
    """What one agency is asked, and by when."""

    agency: Annotated[Agency, KeyMark()] = ask("Which agency?")
    return_by: DayAhead | None = may_ask("By when?", "If left empty, the framework's number of working days counts.")
    particular: Prose | None = may_ask("What is asked of this agency in particular?")


class InformationRequest(Record):
    """The scoping and information request, to one or more agencies."""

    kind: ClassVar[str] = "information-request"
    title: ClassVar[str] = "information requested"

    happened_on: Day = ask("When was the request sent?")
    requests: tuple[RequestTo, ...] = ask("Which agencies are asked?", min_length=1)
    period_from: Day | None = may_ask("From when should they look back?")
    period_to: DayAhead | None = may_ask("Until when?")
    questions: Prose | None = may_ask("What are all agencies asked?")


class PracticeEpisode(Frozen):
    """A key practice episode as an agency tells it."""

    on: Day | None = may_ask("When?")
    what: Prose = ask("What happened?")
    why: Prose | None = may_ask("Why did it make sense at the time?")
    helped_or_hindered: Prose | None = may_ask("What helped or hindered?")
    system_factors: Prose | None = may_ask("Which factors of the system played a part?")


class AgencyReturn(Record):
    """An agency's answer. A nil return is an answer; silence is not."""

    kind: ClassVar[str] = "agency-return"
    title: ClassVar[str] = "agency return"
    in_subject: ClassVar[tuple[str, ...]] = (
        "agency",
        "answer",
    )

    happened_on: Day = ask("When did the return arrive?")
    agency: Agency = ask("Which agency?")
    answer: Literal["nil", "attached", "written-here"] = ask(
        "Is it a nil return, attached, or written here?", "If it is attached, --file keeps it with the case."
    )
    author_role: Role | None = may_ask("What is the author's role?")
    checked_by: Role | None = may_ask("Who checked its quality?")
    period_covered: Line | None = may_ask("Which period does it cover?")
    involvement: Prose | None = may_ask("What was the agency's involvement?")
    episodes: tuple[PracticeEpisode, ...] = may_ask("What are the key practice episodes?", default=())
    voice: Prose | None = may_ask("What is known of the child's voice and lived experience?")
    identity: Prose | None = may_ask("What should be known about identity and inequality?")
    good_practice: Prose | None = may_ask("What was good practice?")
    gaps: Prose | None = may_ask("What were the gaps?")
    immediate_actions: Prose | None = may_ask("Which actions were taken at once?")
    single_agency_learning: Prose | None = may_ask("What has the agency learned?")
    multi_agency_learning: Prose | None = may_ask("What is there to learn together?")
    parallel_processes: Prose | None = may_ask("Which other processes are under way?")
    signed_off_by: Role | None = may_ask("Who signed it off?")
    signed_off_on: Day | None = may_ask("When was it signed off?")


class Chaser(Record):
    """A reminder to agencies that have not answered."""

    kind: ClassVar[str] = "chaser"
    title: ClassVar[str] = "agencies chased"

    happened_on: Day = ask("When were they chased?")
    agencies: tuple[Agency, ...] = ask("Which agencies?", min_length=1)
    how: Literal["email", "phone", "meeting", "letter"] | None = may_ask("How?")
    note: Prose | None = may_ask("What was said?")
