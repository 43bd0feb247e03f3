"""Which case, agency and request a returned form answers, and why it may not be this one's."""

from __future__ import annotations

from collections.abc import Sequence

from sptool.desk.session import Session
from sptool.documents.returning.blank import FormId, form_ids
from sptool.errors import Problem, StepRefused, UnfitFile
from sptool.records.case import Case
from sptool.workflow.state import Request, outstanding_requests, requests


def request_answered(session: Session, case: Case, text: str, agency: str, is_ours: bool) -> Request:
    """The open request that a form answers.

    Args:
        case: the case that was typed.
        text: everything that is written in the form.
        agency: the agency that was typed; empty for none.
        is_ours: whether the form has any of our questions.

    Raises:
        UnfitFile: it is no return form.
        StepRefused: it is for another case, from another agency, or its request is not open.
    """
    found = form_ids(text)
    if not found:
        return _without_line(case, agency, is_ours)
    form = _of_this_case(session, case, found, agency)
    if agency and form.agency != agency:
        raise StepRefused(
            "This form is from another agency than the one that you typed.",
            f"Leave the agency out: sptool agency-return {case.ref} --from FILE",
        )
    request = next((one for one in requests(case) if one.key == form.request), None)
    if request is None:
        raise StepRefused(
            "This form answers a request that this case does not have, or no longer has.",
            f"See what was asked: sptool show {case.ref}",
        )
    if request.answered_on is not None:
        raise StepRefused(
            "The request that this form answers is answered already.",
            f"If the form corrects that return: sptool correct {case.ref} {request.answered_by}\n"
            f"To keep the form with the case all the same: sptool attach {case.ref} --file FILE",
        )
    return request


def _of_this_case(session: Session, case: Case, found: Sequence[FormId], agency: str) -> FormId:
    here = [one for one in found if one.case == case.ref]
    fitting = [one for one in here if agency in ("", one.agency)] or here
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise StepRefused(
            "The form names several requests of this case.",
            f"Say whose answer it is: sptool agency-return {case.ref} AGENCY --from FILE",
        )
    known = [one.case for one in found if one.case in session.book.references]
    if known:
        fix = f"Record it there: sptool agency-return {known[0]} --from FILE"
        raise StepRefused("This form is for another case.", fix)
    raise StepRefused(
        "This form is for a case that is not in this folder.", "Check who sent it. To see every case: sptool list"
    )


def _without_line(case: Case, agency: str, is_ours: bool) -> Request:
    """A form whose line with reference and request was deleted counts only for an agency that is typed."""
    if not is_ours:
        raise UnfitFile(
            [Problem("this is not one of our return forms")],
            f"To record it as an answer in its own form: sptool agency-return {case.ref} AGENCY --file FILE",
        )
    waiting = {one.agency: one for one in reversed(outstanding_requests(case))}
    if agency in waiting:
        return waiting[agency]
    if agency:
        raise StepRefused("This agency has no open request in this case.", f"See what is open: sptool show {case.ref}")
    raise StepRefused(
        "The line with our reference is missing from the form, so sptool can't tell which request it answers.",
        f"If you know whose answer it is: sptool agency-return {case.ref} AGENCY --from FILE",
    )
