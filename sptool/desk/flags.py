"""What the flags of a command answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sptool.errors import UsageError
from sptool.text.plain import Plain
from sptool.workflow.steps.row import Flag


def answers_of_flags(flags: Sequence[Flag], given: Mapping[str, str | Sequence[str] | None]) -> dict[str, Plain]:
    """What the flags answer.

    Args:
        flags: the flags of the command.
        given: what was typed, by the flag's name.

    Raises:
        UsageError: a flag can't be read as it was typed.
    """
    found: dict[str, Plain] = {}
    for flag in flags:
        typed = given.get(flag.name)
        if typed:
            words = [typed] if isinstance(typed, str) else list(typed)
            found[flag.field] = _answer(flag, words)
    return found


def _answer(flag: Flag, words: list[str]) -> Plain:
    match flag.shape:
        case "one":
            return words[0]
        case "many":
            return list(words)
        case "pairs":
            return dict(_pair(flag, word) for word in words)
        case "entries":
            return [{flag.key: word} for word in words]
        case "positions":
            return [{"partner": partner, "position": said} for partner, said in (_pair(flag, w) for w in words)]
        case "criteria":
            return _criteria(flag, words)


def _pair(flag: Flag, word: str) -> tuple[str, Plain]:
    name, equals, value = word.partition("=")
    if not equals:
        raise UsageError(f"{flag.name} was given something that it can't read.", f"Write: {flag.help}.")
    return name, value


def _criteria(flag: Flag, words: list[str]) -> Plain:
    by_child: dict[str, dict[str, Plain]] = {}
    for word in words:
        place, answer = _pair(flag, word)
        child, _, criterion = place.rpartition(":")
        by_child.setdefault(child or "child-a", {})[criterion] = answer
    return [{"child": child, "answers": answers} for child, answers in by_child.items()]
