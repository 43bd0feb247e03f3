"""Cases in which an officer's every word is the same text, to see where it comes out and as what."""

from __future__ import annotations

from typing import Any, TypeVar, get_args, get_origin

from markdown_it.token import Token
from pydantic import BaseModel

from sptool.records.case import Case
from sptool.records.fields import LineMark, ProseMark
from sptool.records.plain import branches, marks
from sptool.records.referral import Referral
from sptool.records.walk import full_annotation
from sptool.text.prose import normalise
from tests.documents.reading import blocks, one_line, paragraphs, tokens

Model = TypeVar("Model", bound=BaseModel)


def said_everywhere(case: Case, text: str) -> Case:
    """The case with that text in every field that holds an officer's own words, also where nothing was said."""
    said = tuple(_said(record, normalise(text)) for record in case.records)
    return Case(case.ref, tuple(_own_answers(one, text) if isinstance(one, Referral) else one for one in said))


def _own_answers(referral: Referral, text: str) -> Referral:
    return referral.model_copy(update={"local": {"early-help": normalise(text)}})


def line_of(text: str) -> str:
    """The text as a field of one line can hold it."""
    return " ".join(" ".join(paragraphs(text)).split())[:200].strip() or "x"


def _said(model: Model, text: str) -> Model:
    fields = type(model).model_fields
    said = {name: _value(getattr(model, name), full_annotation(field), text) for name, field in fields.items()}
    return model.model_copy(update=said)


def _value(value: object, annotation: Any, text: str) -> object:
    if isinstance(value, BaseModel):
        return _said(value, text)
    if isinstance(value, tuple):
        inner = next(get_args(branch)[0] for branch in branches(annotation) if get_origin(branch) is tuple)
        return tuple(_value(entry, inner, text) for entry in value)
    if value is None or isinstance(value, str):
        said = marks(annotation) if not _is_several(annotation) else []
        if any(isinstance(mark, ProseMark) for mark in said):
            return text
        if any(isinstance(mark, LineMark) for mark in said):
            return line_of(text)
    return value


def _is_several(annotation: Any) -> bool:
    return any(get_origin(branch) is tuple for branch in branches(annotation))


def bones(markdown: str) -> list[str]:
    """The kinds of block without the paragraphs, which a value may have more of; and what isn't plain text."""
    inline = [child.type for token in tokens(markdown) for child in token.children or []]
    kinds = [kind for kind in inline if kind not in ("text", "hardbreak", "softbreak", "text_special")]
    return [kind for kind in blocks(markdown) if "paragraph" not in kind and kind != "inline"] + kinds


def seen(markdown: str) -> str:
    """All that a reader sees, on one line."""
    return one_line("\n\n".join(_text(token) for token in tokens(markdown) if token.type == "inline"))


def _text(token: Token) -> str:
    return "".join(
        "\n" if child.type in ("hardbreak", "softbreak") else child.content for child in token.children or []
    )
