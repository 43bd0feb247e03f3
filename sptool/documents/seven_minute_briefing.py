"""A seven-minute briefing: one page that a team reads and talks about in seven minutes."""

from __future__ import annotations

from dataclasses import dataclass

from sptool.documents.context import CaseFacts, Material
from sptool.documents.kinds import COLLEAGUE, Document, unless, whenever_there_is_one
from sptool.documents.words import named
from sptool.records.learning import Briefing
from sptool.text.english import in_full

LINES_OF_A_PAGE = 22  # that a page of A4 has room for besides the headings; tried in Word and PDF
LINES_OF_THE_PRACTICE_MARK = 3
WORDS_IN_A_LINE = 13


@dataclass(frozen=True)
class SevenMinuteBriefing(CaseFacts):
    """What the template of the briefing can name, besides what every document of a case has."""

    issued_on: str
    background: str
    why_it_matters: str
    key_information: str
    what_to_look_for: str
    what_to_do: str
    how_to_embed: str
    questions: str
    themes: str | None


def gather(material: Material) -> SevenMinuteBriefing:
    """The facts of the newest briefing."""
    briefing = material.case.all(Briefing)[-1]
    return SevenMinuteBriefing(
        **vars(CaseFacts.common(material, *_too_long(briefing, material.training))),
        issued_on=in_full(briefing.happened_on),
        background=briefing.background,
        why_it_matters=briefing.why_it_matters,
        key_information=briefing.key_information,
        what_to_look_for=briefing.what_to_look_for,
        what_to_do=briefing.what_to_do,
        how_to_embed=briefing.how_to_embed,
        questions=briefing.questions,
        themes=named(briefing.themes, "themes", material.framework),
    )


DOCUMENT = Document(
    id="seven-minute-briefing",
    title="Seven-minute briefing",
    audience="teams in every agency",
    salutation=COLLEAGUE,
    gather=gather,
    not_yet=unless(Briefing, "This case has no briefing yet.", "sptool brief {case}"),
    called_for=whenever_there_is_one,
    tells_of=(Briefing,),
    each_agency=None,
    identifies=(),
    whom=(),
)


def _too_long(briefing: Briefing, training: bool) -> list[str]:
    texts = (
        briefing.background,
        briefing.why_it_matters,
        briefing.key_information,
        briefing.what_to_look_for,
        briefing.what_to_do,
        briefing.how_to_embed,
        briefing.questions,
    )
    lines = sum(max(1, -(-len(line.split()) // WORDS_IN_A_LINE)) for text in texts for line in text.split("\n"))
    room = LINES_OF_A_PAGE - LINES_OF_THE_PRACTICE_MARK * training
    if lines <= room:
        return []
    return [
        f"The briefing has about {lines} lines and will not fit on one page. "
        f"Shorten it to {room}, which is about {room * WORDS_IN_A_LINE} words."
    ]
