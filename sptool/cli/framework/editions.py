"""The editions of a case folder, and the check of an edition's file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sptool.cli.framework.items import every_item
from sptool.cli.screen import say, say_json, say_table
from sptool.errors import UnfitFile, UsageError
from sptool.framework.models import Framework
from sptool.store.casebook import Casebook
from sptool.text.decoding import LARGEST_FILE
from sptool.text.english import british
from sptool.workflow.edition import load_edition


def _cases_under(book: Casebook) -> Counter[str]:
    return Counter(book.edition_of(case).edition for case in book.cases())


def say_editions(book: Casebook) -> None:
    """Prints the editions, newest first."""
    current, cases = book.current_edition.edition, _cases_under(book)
    rows = [
        (
            edition.edition,
            "new cases are opened under it" if edition.edition == current else "",
            british(edition.in_force_from),
            str(cases[edition.edition]),
        )
        for edition in _newest_first(book)
    ]
    say_table(("Edition", "Current", "In force from", "Cases"), rows, (0, 2, 3))
    say()
    say("To see what one says: sptool framework explain")


def say_editions_json(book: Casebook) -> None:
    """Prints the editions for other programs."""
    current, cases = book.current_edition.edition, _cases_under(book)
    say_json(
        [
            {
                "edition": edition.edition,
                "title": edition.title,
                "partnership": edition.partnership,
                "in_force_from": edition.in_force_from.isoformat(),
                "current": edition.edition == current,
                "cases": cases[edition.edition],
                "sha256": edition.sha256,
            }
            for edition in _newest_first(book)
        ]
    )


def _newest_first(book: Casebook) -> list[Framework]:
    return sorted(book.editions.values(), key=lambda edition: edition.edition, reverse=True)


def say_check(file: Path, as_json: bool) -> None:
    """Checks a file, and says that it is fit; what is wrong is an error with every problem in it.

    Raises:
        UsageError: the file can't be read.
        UnfitFile: it is not a good edition.
    """
    try:
        edition = load_edition(content_of(file), file.name)
    except UnfitFile as error:
        if as_json:
            say_json([{"line": one.line, "field": one.field or None, "what": one.what} for one in error.problems])
        raise
    if as_json:
        say_json([])
        return
    say(f"This is a good edition: {edition.edition}, {edition.title}.")
    unconfirmed = sum(not found.entry.verified for found in every_item(edition))
    if unconfirmed:
        say(f"Entries that nobody has confirmed yet (verified: false): {unconfirmed}.")


def content_of(file: Path) -> bytes:
    """What an edition's file holds, up to a little more than it may.

    Raises:
        UsageError: it can't be read.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError:
        raise UsageError("The file can't be read.", "Check its path.") from None
