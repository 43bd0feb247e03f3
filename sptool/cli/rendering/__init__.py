"""`sptool render` and `sptool documents`: the documents that officers send."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.screen import say, say_json, say_table, tell
from sptool.cli.session import Session, open_session
from sptool.errors import UsageError

if TYPE_CHECKING:
    from sptool.documents.rendering import Rendered
    from sptool.text.plain import Plain


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(documents)
    app.command()(render)


def documents(
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """List the documents that can be written, and who they are for."""
    from sptool.documents.documents import DOCUMENTS

    rows = [(one.id, one.title, one.audience) for one in DOCUMENTS.values()]
    if as_json:
        say_json([dict(zip(("document", "title", "for"), row, strict=True)) for row in rows])
    else:
        say_table(("Document", "Title", "For"), rows)


def render(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(metavar="REF", help="The case.")],
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Which document: see sptool documents.")],
    agency: Annotated[str, typer.Option(help="For which agency; left out: for each.")] = "",
    out: Annotated[str, typer.Option(help="Where to write it: a file, or - for the screen.")] = "",
    record_sent: Annotated[bool, typer.Option("--record", help="Record that it was sent.")] = False,
    to: Annotated[str, typer.Option(help="With --record: to whom, as a role.")] = "",
    on: Annotated[str, typer.Option(help="With --record: when it was sent.")] = "",
) -> None:
    """Write a document of a case as Markdown, into the current folder, but never among the records."""
    session = open_session(context)
    case = session.reference(reference)
    made = _rendered(session, case, document, agency)
    if len(made) > 1 and (out not in ("", "-") or record_sent):
        raise UsageError("There is one for each agency.", "Say which: --agency ID")
    if record_sent and not to:
        raise UsageError("Say to whom it was sent, as a role.", "--to ROLE")
    for one in made:
        _deliver(one, out, session.folder.root)
    if record_sent:
        _record(session, case, made[0], to, on)


def _rendered(session: Session, reference: str, document: str, agency: str) -> list[Rendered]:
    from sptool.documents.documents import document_named
    from sptool.documents.rendering import render as write

    case = session.case(reference)
    edition = session.edition(case)
    kind = document_named(document)
    agencies = [agency] if agency else list(kind.agencies(case)) or [""]
    return [
        write(
            document,
            case,
            edition,
            today=session.clock.today,
            partnership=session.folder.settings.partnership,
            training=session.folder.settings.training,
            overrides=session.book.overrides(),
            agency=chosen or None,
            calendar_for=session.calendar_for(edition),
        )
        for chosen in agencies
    ]


def _target(name: str, out: str, cases: Path) -> Path:
    """Where a document is written: beside the case folder for somebody who stands in it."""
    if not out:
        here = Path.cwd().resolve()
        return cases.parent / name if here.is_relative_to(cases) else Path(name)
    if Path(out).resolve().is_relative_to(cases):
        raise UsageError("Documents don't belong among the records.", "Name a place outside: --out FILE")
    return Path(out)


def _deliver(made: Rendered, out: str, cases: Path) -> None:
    for check in made.checks:
        tell(f"Before you send it: {check}")
    if out == "-":
        say(made.markdown)
        return
    target = _target(made.file_name, out, cases)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(made.markdown)
    except FileExistsError:
        raise UsageError("There is a file of that name already.", "Name another: --out FILE") from None
    except OSError:
        raise UsageError("The document can't be written there.", "Name another place: --out FILE") from None
    tell(f"Written: {target}")


def _record(session: Session, reference: str, made: Rendered, to: str, on: str) -> None:
    from sptool.cli.dates import read_date
    from sptool.cli.recording.flow import Wanted, record
    from sptool.cli.recording.keeping import FileToKeep
    from sptool.cli.recording.report import report

    flags: dict[str, Plain] = {
        "happened_on": read_date(on, session.clock.today) if on else session.clock.today.isoformat(),
        "document": made.document.id,
        "to": to,
        "format": "md",
        "sha256": sha256(made.markdown.encode()).hexdigest(),
        "template": made.template_sha256,
    }
    sent = FileToKeep("document", ".md", made.markdown.encode())
    report(session, record(session, Wanted("document-sent", reference, flags, files=[sent])), as_json=False)
