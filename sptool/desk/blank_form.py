"""A blank form: every question as a comment, what must be answered first, and what may be answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from sptool.desk.options import options_for
from sptool.framework.models import Question as LocalQuestion
from sptool.records.anytime import DECISIONS
from sptool.records.fields import FromFramework
from sptool.records.kinds import KINDS
from sptool.records.particulars import Particulars
from sptool.records.questions import Question, questions
from sptool.workflow.checking import Surroundings
from sptool.workflow.state import outstanding_requests
from sptool.workflow.steps import STEPS

WIDTH = 96
WITHDRAWAL = "withdrawal"
_LOCAL = {"date": "a date, YYYY-MM-DD", "yes-no": "yes or no", "choice": "one of:"}
MOST_OPTIONS = 40
_SHAPES = {
    "date": "a date, YYYY-MM-DD",
    "several": "a list: one `- ` line for each",
    "lines": "a list: one `- ` line for each",
    "prose": "text; write it below, indented",
    "groups": "a list; repeat the part that begins with `- ` as often as needed",
}


def blank_form(kind: str, around: Surroundings, *, replaces: bool = False, agency: str = "") -> str:
    """The form of a kind of record, as YAML that a step reads back with `--from`.

    Args:
        replaces: whether it is to take the place of an earlier record. A withdrawal always does.
        agency: for an agency return: whose open request it answers.
    """
    replaces = replaces or kind == WITHDRAWAL
    lines = [
        f"# {KINDS[kind].title.capitalize()}. Leave blank what is not yet known.",
        f"# Then: {_command(kind, around.case.ref or 'REF', replaces)} --from FILE",
        *_request(around, agency),
        "",
    ]
    if replaces:
        lines += _replaces(kind)
    for question in questions(KINDS[kind]):
        lines += [*_field(question, around, ""), ""]
    lines += _local(around.framework.questions_for(kind))
    lines += _private(around)
    return "\n".join(lines) + "\n"


def _request(around: Surroundings, agency: str) -> list[str]:
    """The line by which an agency's form is known again."""
    open_ones = [one for one in outstanding_requests(around.case) if one.agency == agency]
    return [f"# Please leave this line as it is: {around.case.ref} / {one.key}" for one in open_ones[-1:]]


def _command(kind: str, case: str, replaces: bool) -> str:
    if kind == WITHDRAWAL:
        return f"sptool correct {case} RECORD --withdraw"
    if replaces and kind in DECISIONS:
        return f"sptool decide {case} --reconsider"
    return f"sptool correct {case} RECORD" if replaces else STEPS[kind].typed(case)


def _replaces(kind: str) -> list[str]:
    asked_by = ["  # Who asked for it, as a role? (may be left blank)", "  asked_by:"] if kind in DECISIONS else []
    stays = ["# What is left blank below stays as it was; a list is given whole.", ""]
    note = [] if kind in (WITHDRAWAL, *DECISIONS) else stays
    head = ["# It takes the place of an earlier record. (required)", "replaces:"]
    return [*note, *head, "  # Why? (required, text; write it below, indented)", "  reason: |", *asked_by, ""]


def _field(question: Question, around: Surroundings, indent: str) -> Iterator[str]:
    need = "required" if question.required else "may be left blank"
    shape = _SHAPES.get(question.shape)
    yield from _comment(f"{question.ask} ({', '.join(filter(None, (need, shape)))})", indent)
    if question.hint:
        yield from _comment(question.hint, indent)
    yield from _allowed(question, around, indent)
    yield from _blank(question, around, indent)


def _comment(text: str, indent: str) -> Iterator[str]:
    for line in wrap(text, WIDTH - len(indent)):
        yield f"{indent}# {line}"


def _allowed(question: Question, around: Surroundings, indent: str) -> Iterator[str]:
    if question.shape == "answers":
        yield from _comment(f"each: {', '.join(question.choices)}", indent)
        return
    options = options_for(question, around)
    if options:
        yield from _comment("one of: " if question.shape != "several" else "any of: ", indent)
        for option in options[:MOST_OPTIONS]:
            note = "" if option.text == option.code.replace("-", " ") else f" ({option.text})"
            yield f"{indent}#   {option.code}{note}"
    elif question.choices:
        yield from _comment(f"or: {', '.join(question.choices)}", indent)


def _blank(question: Question, around: Surroundings, indent: str) -> Iterator[str]:
    match question.shape:
        case "prose":
            yield f"{indent}{question.name}: |"
        case "group":
            yield f"{indent}{question.name}:"
            for inner in question.inner:
                yield from _field(inner, around, indent + "  ")
        case "groups":
            yield f"{indent}{question.name}:"
            yield from _entry(question, around, indent)
        case "answers":
            yield f"{indent}{question.name}:"
            for code, wording in _criteria(question, around):
                yield from _comment(wording, indent + "  ")
                yield f"{indent}  {code}:"
        case _:
            yield f"{indent}{question.name}:"


def _entry(question: Question, around: Surroundings, indent: str) -> Iterator[str]:
    """One entry of a list: its first field behind the dash, the others below it."""
    first = True
    for inner in question.inner:
        for line in _field(inner, around, indent + "    "):
            bare = line.strip()
            if first and not bare.startswith("#"):
                yield f"{indent}  - {bare}"
                first = False
            else:
                yield line


def _criteria(question: Question, around: Surroundings) -> Iterator[tuple[str, str]]:
    for mark in question.marks:
        if isinstance(mark, FromFramework):
            for entry in around.framework.choices(mark.name, around.today):
                yield entry.id, f"{getattr(entry, 'wording', entry.name)} [{around.framework.cite(entry)}]"


def _local(questions: Sequence[LocalQuestion]) -> list[str]:
    """The questions that the partnership added, all below one field."""
    if not questions:
        return []
    lines = ["# The partnership's own questions:", "local:"]
    for question in questions:
        need = "required" if question.required else "may be left blank"
        lines += _comment(f"{question.ask} ({', '.join(filter(None, (need, _LOCAL.get(question.type))))})", "  ")
        lines += _comment(question.hint, "  ") if question.hint else ()
        lines += [f"  #   {choice}" for choice in question.choices]
        lines += [f"  {question.id}:"]
    return [*lines, ""]


def _private(around: Surroundings) -> list[str]:
    lines = [
        "# What identifies people goes here and nowhere else. It is kept apart from the record.",
        "private:",
    ]
    for question in questions(Particulars):
        lines += _field(question, around, "  ")
    return lines
