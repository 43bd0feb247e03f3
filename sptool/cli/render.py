"""`sptool documents` and `sptool render`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_json, say_table, tell
from sptool.desk.conversation import Conversation
from sptool.desk.letters.files import Placed, place_for, put
from sptool.desk.session import Session
from sptool.errors import UsageError

if TYPE_CHECKING:
    from sptool.desk.letters.made import Asked, Made
    from sptool.documents.kinds import AnyDocument
    from sptool.text.plain import Plain

SCREEN = "-"


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(documents)
    app.command()(render)


def documents(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """List the documents that can be written, and who they are for."""
    from sptool.documents.documents import DOCUMENTS, FOLDER_DOCUMENTS

    every = [*DOCUMENTS.values(), *FOLDER_DOCUMENTS.values()]
    if as_json:
        say_json([_as_data(one) for one in every])
        return
    say_table(
        ("Document", "Title", "For", "With --identify"),
        [(one.id, one.title, one.audience, _identified_in_words(one)) for one in every],
        keep_whole=(0,),
    )


def _as_data(document: AnyDocument) -> dict[str, Plain]:
    return {
        "document": document.id,
        "title": document.title,
        "for": document.audience,
        "identifies": list(document.identifies),
    }


def _identified_in_words(document: AnyDocument) -> str:
    from sptool.documents.identifying import details_in_words

    return details_in_words(document.identifies) if document.identifies else "never"


def render(
    context: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(metavar="REF", help="The case; leave it out for a document that is not about a single case."),
    ],
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Which document: see sptool documents.")] = "",
    due: Annotated[bool, typer.Option("--due", help="Every document that the case's stage calls for.")] = False,
    to: Annotated[
        str, typer.Option(metavar="FORMAT", help="docx, pdf, html or md; left out: by the ending of --out, else md.")
    ] = "",
    agency: Annotated[str, typer.Option(help="For which agency; left out: for each.")] = "",
    out: Annotated[str, typer.Option(help="Where to write it: a file, a folder, or - for the screen.")] = "",
    open_it: Annotated[bool, typer.Option("--open", help="Open it afterwards.")] = False,
    email: Annotated[bool, typer.Option("--email", help="Write an e-mail draft with it attached, too.")] = False,
    record_it: Annotated[bool, typer.Option("--record", help="Record that it was sent.")] = False,
    sent_to: Annotated[str, typer.Option(help="With --record: to whom, as a role.")] = "",
    on: Annotated[str, typer.Option(help="With --record: when it was sent.")] = "",
    names_nobody: Annotated[
        bool,
        typer.Option(
            "--names-nobody",
            help="With --record: your word that it names nobody, where the names are not here to look for.",
        ),
    ] = False,
    identify: Annotated[bool, typer.Option("--identify", help="A copy with names. Take care.")] = False,
) -> None:
    """Write a document of a case, into the current folder, but never among the records."""
    from sptool.desk.letters.made import made
    from sptool.desk.letters.sent import record_sent, refuse_unready

    session = open_session(context)
    asked = replace(_asked(session, reference, document, due, agency, to, out), identify=identify)
    if identify and due:
        raise UsageError("Name the document that is to hold names.", "To see which ones can: sptool documents")
    if out == SCREEN:
        _refuse_for_screen(asked, beside=email or open_it)
    if record_it:
        refuse_unready(session, asked.reference, sent_to, on, names_nobody)
    done = made(session, asked)
    if not done:
        tell("No document is called for at this stage. To see every document: sptool documents")
        return
    if record_it and len(done) > 1:
        raise UsageError("There are several documents.", "Record one at a time: name the document and --agency ID")
    paths = _deliver(session.talk, done, out, session.folder.root, email)
    if record_it:
        from sptool.cli.steps import say_report
        from sptool.desk.command import report

        sent = record_sent(session, asked.reference, done[0], sent_to, on)
        say_report(session, report(session, sent))
    for path in paths if open_it else ():
        look_at(path)


def look_at(path: Path) -> None:
    """Opens a file in whatever program this computer has for it."""
    if typer.launch(str(path)):
        tell(f"No program could be started for it. Open it yourself: {path}")


def _refuse_for_screen(asked: Asked, beside: bool) -> None:
    if asked.identify:
        raise UsageError("A copy with names is not shown on the screen.", "Name a file: --out FILE")
    if beside or asked.to in ("docx", "pdf"):
        raise UsageError("That can't be shown on the screen.", "Name a file: --out FILE")


def _asked(session: Session, reference: str, document: str, due: bool, agency: str, to: str, out: str) -> Asked:
    from sptool.desk.letters.made import DUE, Asked, chosen_format
    from sptool.documents.documents import FOLDER_DOCUMENTS

    chosen = chosen_format(to, out)
    if reference in FOLDER_DOCUMENTS and not document and not due:
        return Asked("", reference, agency, chosen)
    case = session.reference(reference)
    if due == bool(document):
        raise UsageError(
            "Say which document, or type --due for all that the stage calls for.", "To see them: sptool documents"
        )
    return Asked(case, DUE if due else document, agency, chosen)


def _deliver(talk: Conversation, done: list[Made], out: str, cases: Path, email: bool) -> list[Path]:
    """Shows or writes documents, and says what to settle before they are sent."""
    from sptool.desk.letters.sent import draft_of

    for check in dict.fromkeys(check for one in done for check in one.text.checks):
        talk.tell_item(f"Before you send it: {check}")
    if out == SCREEN:
        for one in done:
            say(one.content.decode())
        return []
    paths = [place_for(one.name, out, cases, several=len(done) > 1) for one in done]
    files = [Placed(path, one.content, bool(one.text.people)) for path, one in zip(paths, done, strict=True)]
    files += [
        Placed(path.with_name(form.name), form.content, may_be_there=True)
        for path, one in zip(paths, done, strict=True)
        for form in one.enclosed
    ]
    drafts = [draft for path, one in zip(paths, done, strict=True) if email for draft in draft_of(one, path)]
    put(talk, [*files, *drafts])
    return paths
