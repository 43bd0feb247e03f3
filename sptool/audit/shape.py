"""Whether a commit is one step: what it may add; that it removes nothing; and which fields of a record it changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sptool.audit.findings import Difference, Finding
from sptool.audit.history import Change, Passed, Person, RawCommit
from sptool.errors import UnfitFile
from sptool.records.references import is_record_path
from sptool.store.git import Git
from sptool.store.streaming import stream_objects
from sptool.text.english import plural
from sptool.text.plain import Plain
from sptool.text.yaml import read_plain

_PLAIN = "100644"
_REPOSITORY = "160000"
_EDITION = re.compile(r"framework/[^/]+\.yaml")
_TEMPLATES = "framework/templates/"
_FOUNDING = frozenset({"sptool.yaml", ".gitattributes", "README.md"})
_FOUNDING_MESSAGE = "register: case folder made\n"
_FOUNDING_KINDS = ("edition-adopted", "officer-added")
_HEADERS = re.compile(r"tree (?:parent )*author committer (?:gpgsig )?")
_DONE = {"M": "changed", "D": "removed", "T": "made into another kind of file"}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


def is_template(path: str) -> bool:
    """Whether a path is that of one of the partnership's own document templates, which are no records."""
    return path.startswith(_TEMPLATES)


def added_records(passed: Passed) -> list[Change]:
    """The record files that a commit brought into the history. A merge brings none of its own."""
    if len(passed.commit.parents) > 1:
        return _of_no_parent(passed.changes)
    return [change for change in passed.changes[0] if change.how == "A" and _is_record(change)]


def _is_record(change: Change) -> bool:
    """Whether what was added is where a record belongs, and has a content."""
    return is_record_path(change.path) and change.mode != _REPOSITORY


def _of_no_parent(sides: Sequence[Sequence[Change]]) -> list[Change]:
    """What a merge has that none of its parents has."""
    common = set.intersection(*({change.path for change in side} for side in sides))
    return [change for change in sides[0] if change.path in common and change.how == "A" and _is_record(change)]


def look_at_shape(passed: Passed, is_first: bool) -> Iterator[Finding]:
    """What is wrong with a commit as a step, whatever its record says."""
    if len(passed.commit.parents) > 1:
        yield from _headers(passed.commit)
        yield from _merge(passed)
        return
    yield from _form(passed.commit)
    yield from _kinds_of_file(passed)
    if passed.commit.parents:
        yield from _one_record(passed)
        yield from _unchanged(passed)
    else:
        yield from _founding(passed, is_first)


def _merge(passed: Passed) -> Iterator[Finding]:
    sides = passed.changes
    common = set.intersection(*({change.path for change in side} for side in sides))
    seen: set[str] = set()
    for change in (change for side in sides for change in side):
        of_one_side = change.path not in common and (change.how == "A" or is_template(change.path))
        if change.path in seen or of_one_side:
            continue
        seen.add(change.path)
        done = "adds a file of its own" if change.how == "A" else f"leaves a file {_DONE.get(change.how, 'altered')}"
        what = f"This commit joins two histories and {done}, which neither of them had so."
        yield Finding("merge", "failed", what, passed.commit.id, change.path)


def _form(commit: RawCommit) -> Iterator[Finding]:
    odd = [*_person_differs(commit.author, commit.committer)]
    if commit.author.zone != "+0000":
        odd.append(Difference("time zone", "+0000", commit.author.zone))
    yield from _headers(commit)
    if odd:
        what = "Author and committer of this commit are not the same, or it was not made as sptool makes one."
        yield Finding("commit-form", "failed", what, commit.id, "", tuple(one.field for one in odd), tuple(odd))


def _headers(commit: RawCommit) -> Iterator[Finding]:
    if not _HEADERS.fullmatch("".join(f"{name} " for name in commit.headers)):
        odd = Difference("headers", "", ", ".join(commit.headers))
        what = "This commit has headers that sptool writes in none."
        yield Finding("commit-form", "failed", what, commit.id, "", (odd.field,), (odd,))


def _person_differs(author: Person, committer: Person) -> Iterator[Difference]:
    for field in ("name", "email", "at", "zone"):
        one, other = getattr(author, field), getattr(committer, field)
        if one != other:
            yield Difference(f"committer {field}", str(one), str(other))


def _kinds_of_file(passed: Passed) -> Iterator[Finding]:
    for change in passed.changes[0]:
        if change.how != "D" and change.mode != _PLAIN:
            what = "This is no plain file: a link, a program or a repository of its own."
            yield Finding("plain-file", "failed", what, passed.commit.id, change.path, ("mode",))


def _one_record(passed: Passed) -> Iterator[Finding]:
    added = [change for change in passed.changes[0] if change.how == "A"]
    records = [change.path for change in added if _is_record(change)]
    adopts = any("-edition-adopted-" in path for path in records)
    if len(records) != 1 and not _only_templates(passed):
        what = f"This commit adds {len(records) or 'no'} {plural(len(records), 'record')}, and a step adds one."
        yield Finding("one-record", "failed", what, passed.commit.id, records[1] if len(records) > 1 else "")
    editions = [change.path for change in added if _EDITION.fullmatch(change.path)]
    for change in added:
        if not _is_record(change) and not (adopts and editions == [change.path]):
            yield _foreign(passed, change)


def _foreign(passed: Passed, change: Change) -> Finding:
    if is_template(change.path):
        return Finding("template", "noted", "A document template was added.", passed.commit.id, change.path)
    return Finding("one-record", "failed", "This commit adds a file that is no record.", passed.commit.id, change.path)


def _only_templates(passed: Passed) -> bool:
    changes = passed.changes[0]
    return bool(changes) and all(is_template(change.path) for change in changes)


def _unchanged(passed: Passed) -> Iterator[Finding]:
    """What was removed or made into something else. Of what was changed `explained` says the fields."""
    for change in passed.changes[0]:
        done = _DONE.get(change.how, "altered")
        if change.how != "A" and is_template(change.path):
            yield Finding("template", "noted", f"A document template was {done}.", passed.commit.id, change.path)
        elif change.how not in "AM":
            what = f"Something recorded was {done} by this commit."
            yield Finding("unchanged", "failed", what, passed.commit.id, change.path)


def _founding(passed: Passed, is_first: bool) -> Iterator[Finding]:
    if not is_first:
        what = "Another history, with a beginning of its own, was joined to this one."
        yield Finding("founding", "failed", what, passed.commit.id)
        return
    paths = {change.path for change in passed.changes[0]}
    records = sorted(path for path in paths if is_record_path(path))
    editions = [path for path in paths if _EDITION.fullmatch(path)]
    kinds = tuple(sorted("-".join(path.split("/")[-1].split("-")[4:-1]) for path in records))
    if kinds != _FOUNDING_KINDS or len(editions) != 1 or paths != {*_FOUNDING, *records, *editions}:
        what = "The first commit does not hold exactly what a new case folder holds."
        yield Finding("founding", "failed", what, passed.commit.id)
    if passed.commit.message != _FOUNDING_MESSAGE:
        yield Finding("message", "failed", "The first commit's message is not its own.", passed.commit.id)


def explained(git: Git, altered: Mapping[tuple[str, str], Change]) -> Iterator[Finding]:
    """What changed in each file that was recorded and altered.

    Args:
        altered: the changes, by commit and path.
    """
    ids = [oid for change in altered.values() for oid in (change.before, change.now)]
    contents = [content for _, content in stream_objects(git, ids)]
    for number, ((commit, path), _) in enumerate(altered.items()):
        before, now = _fields(contents[2 * number]), _fields(contents[2 * number + 1])
        odd = tuple(
            Difference(name, str(before.get(name, "")), str(now.get(name, "")))
            for name in dict.fromkeys((*before, *now))
            if before.get(name) != now.get(name)
        )
        what = "Something recorded was changed by this commit."
        yield Finding("unchanged", "failed", what, commit, path, tuple(one.field for one in odd), odd)


def _fields(content: bytes) -> Mapping[str, Plain]:
    try:
        data = read_plain(content, "record")
    except UnfitFile:
        return {}
    known = data if isinstance(data, dict) else {}
    # What stands in the place of a field's name may be anything; only what can be one is shown.
    return {name if _NAME.fullmatch(name) else "no field's name": value for name, value in known.items()}
