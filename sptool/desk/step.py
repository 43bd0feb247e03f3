"""The one path by which every command records a step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sptool.desk.answers import Answers
from sptool.desk.at_hand import at_hand_for
from sptool.desk.chance import chance_for
from sptool.desk.correction import command_of, with_reason
from sptool.desk.drafts import Draft, all_said, interrupted, kept, step_of
from sptool.desk.gathering import answers_given
from sptool.desk.names_check import as_answers, ask_for_word, doubt_about, hits_in, refuse_names, settle_names
from sptool.desk.new_record import PRIVATE, Prepared, Writer, as_bytes, prepare
from sptool.desk.questioning import (
    ask_again,
    ask_out_of_order,
    confirm_answers,
    interview_all,
    interview_for,
    tell_pointing,
)
from sptool.desk.session import Session
from sptool.desk.wanted import Recorded, Wanted
from sptool.errors import CaseChanged, Interrupted, InvalidAnswers, SptoolError, StepRefused, Undecided
from sptool.index.place import note_step
from sptool.records.case import Case
from sptool.records.closing import Erasure
from sptool.records.kinds import KINDS
from sptool.records.references import case_folder, file_name, new_reference
from sptool.store.casebook import Casebook
from sptool.store.identity import Identity
from sptool.store.recording import Entry, Step, record_step, repair
from sptool.store.refs import particulars_ref
from sptool.workflow.steps import STEPS
from sptool.workflow.subjects import commit_message, step_title


def record(session: Session, wanted: Wanted) -> Recorded:
    """Records a step: asks the rules, gathers, checks, commits.

    Raises:
        StepRefused: the rules don't allow it now. Nothing was asked.
        InvalidAnswers: the answers can't be recorded as they stand.
        Interrupted: the officer stopped; what was typed is kept privately.
    """
    officer, author = session.officer
    for message in repair(session.folder):
        session.talk.tell(message)
    moment = session.moment()
    book = session.book
    chance = chance_for(session.folder.settings.training, book.commit)
    reference = wanted.reference or new_reference(
        session.folder.settings.prefix, session.clock.today.year, chance.choose, book.references
    )
    case = book.case(reference)
    draft = Draft(session.folder.root, wanted.reference or "new", step_of(wanted.kind, wanted.replaces))
    answers = answers_given(session, case, wanted, draft)
    answers = _allowed(session, case, wanted, answers)
    wanted, answers = _with_reason(session, wanted, answers, draft)
    writer = Writer(officer, moment, chance)
    answers, prepared = _ready(session, case, wanted, answers, writer, draft)
    title = step_title(prepared.record)
    if wanted.dry_run:
        return Recorded(prepared.record, "", title)
    step, told = _step(prepared, author, moment), session.done.begin(f"{reference}: {title}")
    try:
        commit = record_step(session.folder, step, _unchanged(book, reference), told=told)
    except (SptoolError, OSError) as error:
        _keep(draft, wanted, answers, error)
        raise
    session.refresh(commit)
    with suppress(SptoolError, OSError):  # the step is recorded: nothing that fails from here on is news about it
        note_step(session.root, commit)
        _done_with(session, draft, command_of(wanted))
    return Recorded(prepared.record, commit, title)


def _with_reason(session: Session, wanted: Wanted, answers: Answers, draft: Draft) -> tuple[Wanted, Answers]:
    try:
        return with_reason(session, wanted, answers)
    except (KeyboardInterrupt, EOFError) as stop:
        raise interrupted(stop, wanted, answers, draft) from None


def _keep(draft: Draft, wanted: Wanted, answers: Answers, error: SptoolError | OSError) -> None:
    """Keeps the answers of a step that could not be recorded; why it could not is the news, whatever befalls them."""
    with suppress(SptoolError, OSError):
        draft.keep(all_said(wanted, answers))
    if isinstance(error, SptoolError) and not isinstance(error, Undecided) and "--resume" not in error.fix:
        error.fix = f"{error.fix}\n{draft.how_to_resume(command_of(wanted))}".strip()


def _done_with(session: Session, draft: Draft, command: str) -> None:
    """Forgets this run's draft; an earlier one, that nobody went on from, stays."""
    try:
        draft.drop()
    except OSError:
        session.done.complaints.append(
            "The step is recorded. Its draft could not be deleted, and is still kept privately on this computer."
        )
    earlier = draft.earlier(command)
    if earlier:
        session.talk.tell(earlier)


def _allowed(session: Session, case: Case, wanted: Wanted, answers: Answers) -> Answers:
    """Refuses a step that can't be taken now, before anything is asked."""
    if wanted.replaces:
        return answers
    refusal = STEPS[wanted.kind].refused_by(case, session.edition(case))
    if refusal is None or (answers.data.get("out_of_order") and not refusal.final):
        return answers
    if refusal.final:
        raise StepRefused(refusal.reason, f"Type: {refusal.first}")
    if session.talk.can_ask and not wanted.source:
        return ask_out_of_order(session.talk, refusal.reason, refusal.first, answers)
    raise StepRefused(
        refusal.reason,
        f"First: {refusal.first}\nIf it has already happened, record it with its true date and a reason: "
        "the field `out_of_order` in --from.",
    )


def _ready(
    session: Session, case: Case, wanted: Wanted, answers: Answers, writer: Writer, draft: Draft
) -> tuple[Answers, Prepared]:
    """Answers that can be recorded: asked for and mended in a conversation, else refused with every problem."""
    if not session.talk.can_ask or wanted.source:
        tell_pointing(session.talk, KINDS[wanted.kind], answers.data, answers.data, session.edition(case))
        try:
            prepared = prepare(session, case, wanted.kind, answers, writer, wanted.replaces, wanted.files)
            names = at_hand_for(prepared.record, session.book, session.naming(case.ref))
            doubt = doubt_about(prepared, names, wanted.names_nobody)
            unsaid = "" if session.talk.can_ask else doubt
            refuse_names(answers, hits_in(prepared, names.people), wanted.not_names, unsaid)
        except InvalidAnswers as problems:
            raise kept(problems, wanted, answers, draft) from None
        if doubt:
            ask_for_word(session.talk, doubt)
        return answers, prepared
    try:
        return _interviewed(session, case, wanted, answers, writer, draft)
    except (KeyboardInterrupt, EOFError, Interrupted) as stop:
        raise interrupted(stop, wanted, answers, draft) from None


def _interviewed(
    session: Session, case: Case, wanted: Wanted, answers: Answers, writer: Writer, draft: Draft
) -> tuple[Answers, Prepared]:
    """Asks until nothing is missing, wrong or named, and until the officer says that it may be recorded."""
    interview = interview_for(session, case, wanted.suggest, draft.keep, answers)
    interview_all(interview, wanted.kind, only_required=wanted.from_form)
    confirmed = set(wanted.not_names)
    while True:
        answers = Answers(dict(interview.answers))
        try:
            prepared = prepare(session, case, wanted.kind, answers, writer, wanted.replaces, wanted.files)
        except InvalidAnswers as problems:
            ask_again(interview, wanted.kind, problems)
            continue
        interview.answers |= as_answers(prepared, answers.data.keys() - {PRIVATE})
        names = at_hand_for(prepared.record, session.book, session.naming(case.ref))
        hits = [(path, hit) for path, hit in hits_in(prepared, names.people) if hit.place not in confirmed]
        if not hits:
            doubt = doubt_about(prepared, names, wanted.names_nobody)
            confirm_answers(session.talk, prepared.record, session.edition(case), doubt)
            return answers, prepared
        answers, said = settle_names(session.talk, answers.with_data(interview.answers), hits)
        interview.answers = dict(answers.data)
        confirmed |= said


def _step(prepared: Prepared, author: Identity, moment: datetime) -> Step:
    made = prepared.record
    path = f"{case_folder(made.case)}/{file_name(moment, made.kind, made.id)}"
    private = [Entry(f"{made.id}/{file.name}", file.content) for file in prepared.private]
    return Step(
        entries=[Entry(path, as_bytes(made))],
        message=commit_message(made),
        author=author,
        at=moment,
        private={particulars_ref(made.case): private} if private else {},
        erases=made.case if made.kind == Erasure.kind and not made.replaces else "",
    )


def _unchanged(book: Casebook, reference: str) -> Callable[[str], None]:
    """Refuses, under the lock, a step whose writer did not have everything that is recorded by then."""

    def guard(newest: str) -> None:
        if newest != book.commit and replace(book, commit=newest).tree_id(reference) != book.tree_id(reference):
            raise CaseChanged(
                "Somebody recorded a step in this case while you were writing. Nothing was recorded; "
                "your answers are kept privately.",
                f"See what is new: sptool show {reference}. Then type the command again with --resume.",
            )

    return guard
