"""Finds in prose the names, dates of birth and contact details that a case holds as particulars."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sptool.records.particulars import Person

# Children are called Will, Grace and May: a name that is also an everyday word counts only with a capital.
_EVERYDAY = """
will grace may mark rose hope faith joy bill art drew frank grant guy heath ivy jack jade june april
august dawn eve holly iris jasmine lily olive pearl penny poppy ruby sandy sky skye summer autumn
sunny violet amber angel bishop brook chance chase christian dale dean duke earl gene glen harry
herb jay jean jewel king lane lee max miles nick norm pat peg peter pierce prince ray reed rich rob
robin rusty sage sterling stone sue ward wade young black white brown green gray grey long short
little small day weeks banks field fields hill hills lake wood woods church house hall page pope
price rice cook baker carter cooper mason potter shepherd smith taylor turner walker weaver read
love best power powers child person mother father law bell berry bird bush case close cross fish fox
ford french english german hand head park parks post rain rivers root sharp storm strong swift wells
west east north south winter frost golden
"""
EVERYDAY = frozenset(_EVERYDAY.split())
SHORTEST_NAME = 2
SHORTEST_PLURAL = 4
_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)+")
_PHONE = re.compile(r"(?<!\w)(?:(?:\+|00)\s*44[\s().-]*(?:0[\s().-]*)?|0)(?P<rest>\d(?:[\s().-]*\d){6,})")
_BETWEEN_DIGITS = r"[\s().-]*"
_SHORTENED = (
    ("road", "rd"),
    ("street", "saint", "st"),
    ("avenue", "ave", "av"),
    ("close", "cl"),
    ("court", "ct"),
    ("crescent", "cres"),
    ("drive", "dr"),
    ("gardens", "gdns"),
    ("grove", "gr"),
    ("lane", "ln"),
    ("place", "pl"),
    ("square", "sq"),
    ("terrace", "terr", "ter"),
)
_WRITTEN = {word: "(?:" + "|".join(words) + ")" for words in _SHORTENED for word in words}


@dataclass(frozen=True)
class NameHit:
    """Where a text names somebody.

    Args:
        field: the field, as messages show it.
        line: the line within the field, counted from 1.
        word: the number of the word in that line, counted from 1.
        label: who it is, as people read it, such as Child A, or what of theirs, such as Child A's address.
        start: where the hit begins in the text.
        end: where it ends.
        others: who else it may be, where a name is shared: a mother and her child.
    """

    field: str
    line: int
    word: int
    label: str
    start: int
    end: int
    others: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Everybody that it may be, the likeliest first."""
        return (self.label, *self.others)

    @property
    def place(self) -> str:
        """The place as an officer confirms it: `rationale:3:14`."""
        return f"{self.field}:{self.line}:{self.word}"


def label_of(person_id: str) -> str:
    """How a person's id is shown: `child-a` is Child A."""
    head, _, letter = person_id.rpartition("-")
    return f"{head.replace('-', ' ').capitalize()} {letter.upper()}" if head else person_id.capitalize()


def plain_letters(text: str) -> str:
    """Letters without accents, the same length as the text, so that places stay the same."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def names_in(text: str, field: str, people: Iterable[Person]) -> list[NameHit]:
    """Every place at which a text holds something that identifies one of the people.

    Args:
        people: those whose particulars the case holds.
    """
    flat = plain_letters(text)
    found: dict[tuple[int, int], NameHit] = {}
    for person in people:
        for (start, end), what in _spans(flat, person):
            label, same = label_of(person.id) + what, found.get((start, end))
            if same and label not in same.labels:
                found[start, end] = replace(same, others=(*same.others, label))
            elif not any(start < taken_end and end > taken for taken, taken_end in found):
                found[start, end] = _hit(flat, field, label, start, end)
    return [found[span] for span in sorted(found)]


def _hit(text: str, field: str, label: str, start: int, end: int) -> NameHit:
    line_start = text.rfind("\n", 0, start) + 1
    return NameHit(
        field=field,
        line=text.count("\n", 0, start) + 1,
        word=len(text[line_start:start].split()) + (1 if start == line_start or text[start - 1].isspace() else 0),
        label=label,
        start=start,
        end=end,
    )


def _spans(text: str, person: Person) -> Iterator[tuple[tuple[int, int], str]]:
    """Each place, with what has to stand behind the label there: nobody goes to Child A, but to Child A's address."""
    names = [plain_letters(name) for name in (person.name, *person.aliases) if name]
    for find in (_whole_name, _name_parts):
        yield from ((span, "") for name in names for span in find(text, name))
    for known, what in ((person.contact, "'s contact details"), (person.address, "'s address")):
        for seek in (_literally, _phone_numbers):
            yield from ((span, what) for span in seek(text, plain_letters(known or "")))
    if person.date_of_birth:
        yield from ((span, "'s date of birth") for span in _birthday(text, person.date_of_birth))


def _whole_name(text: str, name: str) -> Iterator[tuple[int, int]]:
    parts = _WORD.findall(name)
    if len(parts) > 1:
        pattern = r"\b" + r"[\s,.'\u2019-]+".join(map(re.escape, parts)) + r"\b"
        yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def _name_parts(text: str, name: str) -> Iterator[tuple[int, int]]:
    for marked in _MARKED.findall(name):
        pattern = r"\b" + r"['\u2019\s-]?".join(map(re.escape, _WORD.findall(marked))) + r"(?:e?s)?(?=\b|_)"
        yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))
    for part in _WORD.findall(name):
        if len(part) < SHORTEST_NAME:
            continue
        plural = "(?P<plural>e?s)?" if len(part) >= SHORTEST_PLURAL else "(?P<plural>(?!))?"
        for match in re.finditer(rf"\b{re.escape(part)}{plural}(?=\b|_)", text, re.IGNORECASE):
            if part.casefold() not in EVERYDAY or _meant_as_name(text, match):
                yield match.span()


def _meant_as_name(text: str, match: re.Match[str]) -> bool:
    """Whether an everyday word is written as a name: the Taylors, but not "Marks were seen" as a sentence begins."""
    if not match.group()[0].isupper():
        return False
    before = text[: match.start()].rstrip(" ")
    return not match["plural"] or (before != "" and before[-1] not in ".!?:\n")


def _literally(text: str, known: str) -> Iterator[tuple[int, int]]:
    for piece in _pieces(known):
        parts = re.findall(r"\w+", piece)
        if len("".join(parts)) > 5:
            written = [_WRITTEN.get(part.casefold(), re.escape(part)) for part in parts]
            pattern = r"\b" + r"\W{0,3}".join(written) + r"\b"
            yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def _pieces(known: str) -> Iterator[str]:
    """Each line, and what stands between its commas: a house with its street is enough to find somebody."""
    for line in known.splitlines():
        yield line
        yield from (piece for piece in line.split(",") if piece != line and any(map(str.isdigit, piece)))


def _phone_numbers(text: str, known: str) -> Iterator[tuple[int, int]]:
    """A telephone number however it is spaced, with 0 or with +44 before it."""
    for number in _PHONE.finditer(known):
        digits = re.sub(r"\D", "", number["rest"])
        start = rf"(?<!\w)(?:\(?(?:\+|00)\s*44{_BETWEEN_DIGITS}(?:0{_BETWEEN_DIGITS})?|\(?0{_BETWEEN_DIGITS})"
        pattern = start + _BETWEEN_DIGITS.join(digits) + r"(?!\d)"
        yield from (match.span() for match in re.finditer(pattern, text))


def _birthday(text: str, born: date) -> Iterator[tuple[int, int]]:
    day, year = f"0?{born.day}(?:st|nd|rd|th)?", f"(?:{born.year}|{born.year % 100:02d})"
    month = rf"(?:0?{born.month}|{born:%B}|{born:%b})"
    shapes = (rf"\b{day}[\s./-]+(?:of\s+)?{month}[\s,./-]+{year}\b", rf"\b{born.year}[./-]0?{born.month}[./-]{day}\b")
    for shape in shapes:
        yield from (match.span() for match in re.finditer(shape, text, re.IGNORECASE))
