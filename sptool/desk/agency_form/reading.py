"""`sptool agency-return REF --from FORM`: an agency's filled-in form, from the file to answers, or to YAML to mend."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sptool.desk.agency_form.asking import settled, settled_answer, show_understood
from sptool.desk.agency_form.request import request_answered
from sptool.desk.letters.files import Placed, place_for, put
from sptool.desk.letters.made import material_of
from sptool.desk.private_files import FileToKeep, attachment
from sptool.desk.session import Session
from sptool.desk.wanted import Given, Instead, Typed, Wanted
from sptool.documents.formats.pandoc import how_to_install, is_installed
from sptool.documents.formats.word import LETTERHEAD
from sptool.documents.returning.answers import squeezed
from sptool.documents.returning.blank import blank_form, form_ids, rows_of
from sptool.documents.returning.opening import is_word_like
from sptool.documents.returning.reading import Contents, contents_of
from sptool.documents.returning.understanding import Understanding, as_answers, understand
from sptool.errors import InvalidAnswers, Problem, StepRefused, UsageError
from sptool.records.case import Case
from sptool.text.dates import ReadDay, said_day, written_day
from sptool.text.plain import Plain
from sptool.text.yaml import write_yaml
from sptool.workflow.state import Request

UNPLACED = "unplaced"
WORD = ".docx"
HEAD_OF_YAML = 4_000  # characters in which the line of a YAML form stands


@dataclass(frozen=True)
class ReturnedForm:
    """A form that an agency sent back, as it was understood."""

    request: Request
    content: bytes
    understood: Understanding


def answered_by_form(session: Session, wanted: Wanted, given: Given) -> Wanted:
    """The step with the answers of the form given with `--from`, if it is one.

    Raises:
        UnfitFile: the file is no form, or damaged.
        StepRefused: the form answers something else, or nothing.
        InvalidAnswers: something in it can't be placed, and nobody can be asked.
    """
    files = tuple(attachment(Path(file)) for file in given.get("files") or ())
    form = returned_form(session, wanted)
    if form is None:
        plain = _of_yaml(session, wanted)
        return replace(
            plain, files=files, defaults={"answer": "attached", **plain.defaults} if files else plain.defaults
        )
    case = session.case(wanted.reference)
    rows = rows_of(session.edition(case))
    show_understood(session.talk, form.understood)
    said = partial(said_day, today=session.clock.today)
    # A draft to go on from holds already what was placed by hand.
    understood = replace(form.understood, unplaced=()) if wanted.resume else form.understood
    placed, answer = settled(session.talk, understood, rows, str(wanted.answer("answer") or ""), said)
    defaults: dict[str, Plain] = {**as_answers(placed), "agency": form.request.agency, "answer": answer}
    kept = FileToKeep("attachment", WORD, form.content)
    return replace(wanted, source=None, defaults=defaults, files=(kept, *files), from_form=True)


def returned_form(session: Session, wanted: Wanted) -> ReturnedForm | None:
    """The form given with `--from`; None where that is YAML, or nothing."""
    if not wanted.source or wanted.source == "-":
        return None
    content = _content(wanted.source)
    if not is_word_like(content) and not wanted.source.lower().endswith(WORD):
        return None
    if not is_installed():
        raise _no_converters(wanted.reference)
    case = session.case(wanted.reference)
    rows = rows_of(session.edition(case))
    form = contents_of(content)
    is_ours = sum(form.text.count(row.text) for row in rows.values()) > len(rows) // 4
    request = request_answered(session, case, form.text, str(wanted.answer("agency") or ""), is_ours)
    understood = understand(form, _blank(session, case, request), rows, read_day_of(session))
    if not understood.placed and not understood.unplaced:
        raise StepRefused(
            "The form is empty: nobody has answered a question in it.",
            f"Ask the agency again. If it meant that it knows nothing: "
            f"sptool agency-return {case.ref} {request.agency} --answer nil",
        )
    return ReturnedForm(request, content, understood)


def _no_converters(reference: str) -> UsageError:
    """The blank form, which tells our words from the agency's, is made anew by the converters."""
    return UsageError(
        "To read a form back, converters are needed that are not installed.",
        f"{how_to_install()}\n"
        f"Without them the form can be kept as it is: sptool agency-return {reference} AGENCY --file FORM",
    )


def _content(source: str) -> bytes:
    try:
        return attachment(Path(source)).content
    except UsageError:
        raise UsageError("The file given with --from can't be read, or is larger than 50 MB.", "Check it.") from None


def _blank(session: Session, case: Case, request: Request) -> Contents:
    """The blank form of a request, made anew: it tells our own words from the agency's."""
    material = material_of(session, case, request.agency)
    return contents_of(blank_form(material, request.key, "docx", session.book.overrides().get(LETTERHEAD)))


def _of_yaml(session: Session, wanted: Wanted) -> Wanted:
    """A YAML form that has the line with our reference must be for this case and an open request."""
    if not wanted.source or wanted.source == "-":
        return wanted
    text = _content(wanted.source).decode("utf-8", errors="replace")
    if re.search(rf"^{UNPLACED}:", text, re.MULTILINE):
        what = "some of what the agency wrote is not placed yet"
        raise InvalidAnswers([Problem(what)], f"Move each text below `{UNPLACED}` where it belongs, or delete it.")
    head = text[:HEAD_OF_YAML]
    if not form_ids(head):
        return wanted
    case = session.case(wanted.reference)
    request = request_answered(session, case, head, str(wanted.answer("agency") or ""), is_ours=True)
    ours = Typed("the line with our reference", {"agency": request.agency})
    return replace(wanted, flags=(*wanted.flags, ours))


def read_day_of(session: Session) -> ReadDay:
    """Reads a date as it stands in a form. What "today" meant to whoever filled it in, nobody can tell."""
    return partial(written_day, today=session.clock.today)


def written_as_yaml(session: Session, wanted: Wanted, given: Given) -> Instead | None:
    """With `--to-yaml`, writes what was understood of a form as YAML, to be corrected and given back with `--from`.

    Returns:
        That it was written; None if that was not asked for.

    Raises:
        UsageError: there is no form to read, or the YAML can't be written there.
    """
    if not given.get("to_yaml"):
        return None
    form = returned_form(session, wanted)
    if form is None:
        raise UsageError(
            "--to-yaml needs the form that came back.", f"sptool agency-return {wanted.reference} --from FORM"
        )
    place = place_for("agency-return.yaml", str(given["to_yaml"]), session.folder.root)
    command = f"sptool agency-return {wanted.reference} --from {place} --file FORM"
    put(session.talk, [Placed(place, as_yaml(form.request, wanted.reference, form.understood, command), private=True)])
    session.talk.tell(f"Correct it there, then: {command}\nIt may name people: delete it once the return is recorded.")
    return Instead()


def as_yaml(request: Request, reference: str, form: Understanding, command: str) -> bytes:
    """The answers as YAML that `--from` reads back.

    What could not be placed stands below a field that no record has, so that nothing is recorded as long as it
    stands there.
    """
    head = [
        "# What was understood of the return form. Correct it, then:",
        f"#   {command}",
        f"# Please leave this line as it is: {reference} / {request.key}",
    ]
    head += [f"# {notice}" for notice in form.notices]
    head += [f"#   {one.place}: {squeezed(one.text)}" for one in form.taken_back]
    if form.unplaced:
        head.append(f"# Move each text below `{UNPLACED}` to where it belongs, or delete it; then delete `{UNPLACED}`.")
    data: dict[str, Plain] = {"happened_on": "", "agency": request.agency, "answer": settled_answer(form)}
    data |= {name: value for name, value in as_answers(form.placed).items() if name != "answer"}
    if form.unplaced:
        data[UNPLACED] = [{"where": one.place, "why": one.why, "text": one.text} for one in form.unplaced]
    return ("\n".join(head) + "\n").encode() + write_yaml(data)
