"""`sptool template check`: tries a partnership's own templates before an officer needs them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from sptool.cli.arguments import open_session
from sptool.cli.screen import say, say_json, tell
from sptool.desk.session import Globals, Session
from sptool.errors import UnfitFile, UsageError
from sptool.text.english import number, plural

if TYPE_CHECKING:
    from sptool.documents.context import Folder
    from sptool.documents.trying import Tried
    from sptool.errors import Problem
    from sptool.text.plain import Plain


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.add_typer(template_app)


template_app = typer.Typer(
    name="template", help="The partnership's own templates.", rich_markup_mode=None, no_args_is_help=True
)


@template_app.callback()
def template() -> None:
    """The partnership's own templates for documents."""


@template_app.command()
def check(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="A folder of templates, before they are put into the case folder."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> int:
    """Try the partnership's own templates and letterhead on the fictional cases of the demonstration."""
    session = open_session(context)
    found = dict(_in(folder) if folder else session.book.overrides())
    problems, documents = _tried(session, found)
    if as_json:
        say_json({"templates": len(found), "documents": documents, "problems": [_as_data(one) for one in problems]})
    else:
        _say(found, problems, documents)
    return 1 if problems else 0


def _tried(session: Session, found: Mapping[str, bytes]) -> tuple[list[Problem], int]:
    from sptool.documents.formats.word import LETTERHEAD
    from sptool.documents.trying import Tried, read_through

    templates = {name: content for name, content in found.items() if name != LETTERHEAD}
    letterhead = _letterhead_problems(found[LETTERHEAD], session.clock.today) if LETTERHEAD in found else []
    read = read_through(templates)
    done = _on_the_demo(session, read.sound) if read.sound else Tried()
    return [*letterhead, *read.problems, *done.problems], done.documents


def _letterhead_problems(content: bytes, today: date) -> list[Problem]:
    """What is wrong with the letterhead: whether it opens, and whether a document can be written on it."""
    from sptool.documents.formats.about import About
    from sptool.documents.formats.pandoc import is_installed
    from sptool.documents.formats.word import as_word, refuse_unfit

    try:
        refuse_unfit(content)
        if is_installed():
            as_word("# A try\n\nOnly a try.\n", About("A try", "", "The partnership", today), content)
    except UnfitFile as unfit:
        return list(unfit.problems)
    return []


def _on_the_demo(session: Session, templates: Mapping[str, bytes]) -> Tried:
    from sptool.cli.demo.setting_up import make_demo
    from sptool.documents.trying import tried

    tell("The demonstration's cases are made first. That takes a moment.")
    with TemporaryDirectory(prefix="sptool-templates-") as place:
        with redirect_stdout(io.StringIO()):
            made = make_demo(Path(place, "cases"), session.clock.today)
        return tried(templates, _cases_of(made.folder, made.today.isoformat()))


def _cases_of(place: Path, today: str) -> Folder:
    from sptool.desk.letters.made import folder_of

    return folder_of(Session(Globals(place, today)))


def _in(folder: Path) -> dict[str, bytes]:
    """The files of a folder that are not yet in the case folder.

    Raises:
        UsageError: it can't be read, or a file in it is larger than any template or letterhead.
    """
    from sptool.documents.formats.word import LARGEST_LETTERHEAD

    try:
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
        if any(path.stat().st_size > LARGEST_LETTERHEAD for path in files):
            raise UsageError("A file in this folder is too large for a template.", "Name the folder of the templates.")
        return {path.name: path.read_bytes() for path in files}
    except OSError:
        raise UsageError("The folder of templates can't be read.", "Check its path.") from None


def _say(found: Mapping[str, bytes], problems: list[Problem], documents: int) -> None:
    if not found:
        say("The partnership has no templates of its own here, so those of sptool are used.")
        return
    for problem in problems:
        say(str(problem))
    files = number(len(found), "file")
    tried = f", tried on {documents} documents of made-up cases" if documents else ""
    say(f"Looked at {files}{tried}: {len(problems) or 'no'} {plural(len(problems), 'problem')}.")


def _as_data(problem: Problem) -> dict[str, Plain]:
    return {"template": problem.file, "line": problem.line, "what": problem.what}
