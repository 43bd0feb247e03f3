"""Fictional prose of realistic length, in which some words are common and some are rare."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SENTENCES: Mapping[str, tuple[int, int]] = MappingProxyType({"short": (1, 2), "medium": (2, 6), "long": (6, 14)})
"""How many sentences a text of each length has, at the least and at the most."""

MARKERS: Mapping[str, float] = MappingProxyType(
    {"ambulance": 0.02, "trampoline": 0.002, "lighthouse": 0.0002, "quince": 0.00004}
)
"""Words that stand in about this share of all texts, and nowhere else: what a search is measured with."""

POOL = 12_000
LONGER_THAN = 80  # characters: any text is long enough for a block of its own
PLACES = 1_500

_WHO = (
    *("Child A", "Parent B", "Sibling C", "Carer D", "the family", "a neighbour", "the school", "the nursery"),
    *("a health visitor", "the social worker", "the duty officer", "a practitioner", "the ward", "the surgery"),
    *("the youth worker", "the housing officer", "the midwife", "an out of hours team", "the attendance officer"),
)
_DID = (
    *("was seen by", "spoke with", "had been known to", "was referred to", "was visited by", "waited for"),
    *("did not hear from", "was offered help by", "moved away from", "had asked for", "came back to"),
    *("was described by", "told the truth to", "could not be reached by", "was assessed with", "depended on"),
)
_WHAT = (
    *("the assessment", "an appointment", "the plan", "the meeting", "a strategy discussion", "the safety plan"),
    *("the first contact", "a home visit", "the chronology", "an interpreter", "the second opinion", "the referral"),
    *("early help", "a parenting course", "the refuge", "the emergency department", "a night shelter", "respite"),
)
_HOW = (
    *("in the autumn", "twice in one month", "after a long silence", "without any record of why", "by telephone"),
    *("on a Friday afternoon", "before the move", "while the plan was open", "during the holidays", "at short notice"),
    *("with little explanation", "against the advice given", "as had been agreed", "for the third time", "in the end"),
)
_WHY = (
    *("because nobody had been asked", "although the threshold was not met", "so that the risk changed"),
    *("and the information was not shared", "which was good practice", "and that was not challenged"),
    *("because the record was out of date", "while the parents disagreed", "and the child's voice was not heard"),
)
_SYLLABLES = (
    "mer",
    "row",
    "tarn",
    "hope",
    "wick",
    "ash",
    "ell",
    "brad",
    "ing",
    "thor",
    "pe",
    "sel",
    "by",
    "cott",
    "wen",
)


@dataclass(frozen=True)
class Wording:
    """Where the generated records take their words from.

    Args:
        sentences: whole sentences to choose from.
    """

    sentences: tuple[str, ...]

    @classmethod
    def seeded(cls, seed: int) -> Wording:
        """The words of one generated folder, the same for the same seed."""
        chance = random.Random(f"wording {seed}")
        places = [_place(chance) for _ in range(PLACES)]
        return cls(tuple(_sentence(chance, places) for _ in range(POOL)))

    def text(self, length: str, chance: random.Random) -> str:
        """A text: paragraphs of sentences, now and then with a word that is rare.

        Args:
            length: `short`, `medium` or `long`.
            chance: what decides.
        """
        least, most = SENTENCES[length]
        chosen = chance.choices(self.sentences, k=chance.randint(least, most))
        for word, share in MARKERS.items():
            if chance.random() < share:
                chosen.append(f"There was talk of the {word} more than once.")
        if len(chosen) < 5:
            return " ".join(chosen)
        middle = len(chosen) // 2
        return f"{' '.join(chosen[:middle])}\n\n{' '.join(chosen[middle:])}"


def _sentence(chance: random.Random, places: list[str]) -> str:
    said = _said(chance, places)
    return said if len(said) > LONGER_THAN else f"{said[:-1]}, as far as anybody could say at that time."


def _said(chance: random.Random, places: list[str]) -> str:
    who = chance.choice(_WHO)
    parts = [who[0].upper() + who[1:], chance.choice(_DID), chance.choice((*_WHO, *_WHAT)), chance.choice(_HOW)]
    parts += [f"in {_ranked(chance, places)}"] if chance.random() < 0.3 else []
    parts.append(chance.choice(_WHY))
    return " ".join(parts) + "."


def _ranked(chance: random.Random, places: list[str]) -> str:
    """A place: those early in the list are named often, the late ones hardly ever."""
    return places[int(len(places) * chance.random() ** 4)]


def _place(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()
