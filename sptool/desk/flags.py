"""What the flags of a command answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sptool.errors import UsageError
from sptool.text.plain import Plain
from sptool.workflow.steps.row import Flag


@dataclass(frozen=True)
class Typed:
    """What one flag or argument says, each time that it is typed.

    Args:
        word: the word that was typed with it; empty for a flag that takes none.
    """

    flag: str
    data: dict[str, Plain]
    word: str = ""

    @property
    def whole(self) -> str:
        """The flag as it was typed."""
        return f"{self.flag} {self.word}".strip()


def typed_with(flag: Flag, given: str | Sequence[str] | None) -> Iterator[Typed]:
    """What a flag says, once for each time that it was typed.

    Raises:
        UsageError: one of them can't be read as it was typed.
    """
    for word in [given] if isinstance(given, str) else given or ():
        if word:
            yield Typed(flag.name, {flag.field: _answer(flag, word)}, word)


def _answer(flag: Flag, word: str) -> Plain:
    match flag.shape:
        case "one":
            return word
        case "many":
            return [word]
        case "entries":
            return [{flag.key: word}]
        case "positions":
            partner, said = _pair(flag, word)
            return [{"partner": partner, "position": said}]
        case "criteria":
            place, answer = _pair(flag, word)
            child, _, criterion = place.rpartition(":")
            return [{"child": child or "child-a", "answers": {criterion: answer}}]


def _pair(flag: Flag, word: str) -> tuple[str, Plain]:
    name, equals, value = word.partition("=")
    if not equals:
        raise UsageError(f"{flag.name} was given something that it can't read.", f"Write: {flag.help}.")
    return name, value
