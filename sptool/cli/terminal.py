"""An officer at a terminal: questions by questionary, texts also in the officer's own editor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from sptool.cli.screen import is_terminal, tell, tell_item
from sptool.desk.conversation import Check, Conversation, Nobody, Option, anything, must_say_something
from sptool.text.prose import is_whole

if TYPE_CHECKING:
    import questionary

TO_EDITOR = ":e"
TO_PICK = "(space picks, a picks all, Enter goes on)"
MOST_AT_A_GLANCE = 8
NO_LETTER = "Your terminal sent a letter that can't be read here. Set it to UTF-8, or write that word without it."


def conversation(*, no_input: bool) -> Conversation:
    """Whom this run talks to: whoever sits at the terminal, else nobody, who is told all the same."""
    return Terminal() if is_terminal() and not no_input else Messages()


class Messages(Nobody):
    """Says what there is to say, and asks nothing."""

    def __init__(self) -> None:
        super().__init__(tell)

    def tell_item(self, text: str) -> None:
        tell_item(text)

    def pass_on(self, text: str) -> None:
        _tell_if_seen(text)


class Terminal:
    """Puts questions on a terminal. What puts them is loaded with the first: it takes as long as to record a step."""

    @property
    def can_ask(self) -> bool:
        return True

    def tell(self, text: str = "") -> None:
        tell(text)

    def tell_item(self, text: str) -> None:
        tell_item(text)

    def pass_on(self, text: str) -> None:
        _tell_if_seen(text)

    def confirm(self, question: str, *, default: bool = True) -> bool:
        import questionary

        return bool(_asked(questionary.confirm(question, default=default)))

    def choose(self, question: str, options: Sequence[Option], suggested: str = "") -> str:
        """One of several, by the arrow keys; in a long list also by typing part of it."""
        import questionary

        choices = [questionary.Choice(option.text, option.code) for option in options]
        known = suggested if suggested in {option.code for option in options} else None
        long = len(options) > MOST_AT_A_GLANCE
        hint = "(type a few letters, or use the arrow keys)" if long else None
        picked = questionary.select(
            question, choices=choices, default=known, use_search_filter=long, use_jk_keys=not long, instruction=hint
        )
        return str(_asked(picked))

    def pick(
        self, question: str, options: Sequence[Option], chosen: Collection[str] = (), *, required: bool = False
    ) -> list[str]:
        import questionary

        choices = [questionary.Choice(option.text, option.code, checked=option.code in chosen) for option in options]
        while True:
            picked = _asked(questionary.checkbox(question, choices=choices, instruction=TO_PICK))
            if picked or not required:
                return [str(code) for code in picked] if isinstance(picked, list) else []
            tell("Pick at least one: space picks.")

    def line(self, question: str, suggested: str = "", check: Check = anything) -> str:
        import questionary

        typed = questionary.text(question, default=suggested, validate=_validator(check))
        return str(_asked(typed)).strip()

    def prose(self, question: str, suggested: str = "", *, required: bool) -> str:
        """One line, or the officer's editor for more."""
        from sptool.cli.editor import write_in_editor

        if "\n" in suggested:
            return write_in_editor(question, suggested)
        ask = f"{question} (one line, or {TO_EDITOR} for your editor)"
        typed = self.line(ask, suggested, must_say_something if required else anything)
        return write_in_editor(question, suggested) if typed == TO_EDITOR else typed


def _tell_if_seen(text: str) -> None:
    if sys.stderr.isatty():
        tell(text)


def _validator(check: Check) -> Callable[[str], bool | str]:
    """questionary takes True for a good line, and otherwise what is wrong with it; half a letter would be lost."""
    return lambda typed: (check(typed) or True) if is_whole(typed) else NO_LETTER


def _asked(prompt: questionary.Question) -> object:
    return prompt.unsafe_ask()
