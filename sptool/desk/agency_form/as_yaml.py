"""What was understood of a returned form, as YAML to be corrected by hand."""

from __future__ import annotations

from sptool.desk.agency_form.asking import settled_answer
from sptool.documents.returning.answers import squeezed
from sptool.documents.returning.understanding import Understanding, as_answers
from sptool.text.plain import Plain
from sptool.text.yaml import write_yaml
from sptool.workflow.state import Request

UNPLACED = "unplaced"


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
