"""A conversation for tests: each question gets the answer that was prepared for it, and what is said is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sptool.desk.conversation import Check, Option, anything

Answer = str | bool | list[str]


@dataclass
class Prepared:
    """Somebody who has an answer to each question.

    Args:
        answers: by a part of the question; a question without one takes what is suggested.
        asked: every question, in the order in which they came.
        said: everything that was told.
    """

    answers: Mapping[str, Answer]
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def can_ask(self) -> bool:
        return True

    def tell(self, text: str = "") -> None:
        self.said.append(text)

    def tell_item(self, text: str) -> None:
        self.said.append(text)

    def pass_on(self, text: str) -> None:
        self.said.append(text)

    def confirm(self, question: str, *, default: bool = True) -> bool:
        return bool(self._answer(question, default))

    def choose(self, question: str, options: Sequence[Option], suggested: str = "") -> str:
        code = str(self._answer(question, suggested))
        assert code in {option.code for option in options}, question
        return code

    def pick(
        self, question: str, options: Sequence[Option], chosen: Collection[str] = (), *, required: bool = False
    ) -> list[str]:
        picked = self._answer(question, list(chosen))
        assert isinstance(picked, list)
        assert picked or not required, question
        assert set(picked) <= {option.code for option in options}, question
        return picked

    def line(self, question: str, suggested: str = "", check: Check = anything) -> str:
        typed = str(self._answer(question, suggested))
        assert check(typed) == "", question
        return typed

    def prose(self, question: str, suggested: str = "", *, required: bool) -> str:
        text = str(self._answer(question, suggested))
        assert text or not required, question
        return text

    def _answer(self, question: str, suggested: Answer) -> Answer:
        self.asked.append(question)
        return next((answer for part, answer in self.answers.items() if part in question), suggested)
