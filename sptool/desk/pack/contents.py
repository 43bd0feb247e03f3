"""What goes into a pack, part by part."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sptool.desk.as_data.history import history_data
from sptool.desk.held import KeptApart, kept_apart
from sptool.desk.letters.made import Asked, made
from sptool.desk.pack.instructions import ALLOWED, INSTRUCTIONS, About, instructions
from sptool.desk.pack.staging import Pack
from sptool.desk.proof.history_table import history_table
from sptool.desk.proof.looking_back import LookedBack, looked_back
from sptool.desk.session import Session
from sptool.documents import case_history
from sptool.documents.documents import DOCUMENTS
from sptool.documents.formats.about import FORMATS, Format, format_named
from sptool.records.case import Case
from sptool.records.header import REGISTER
from sptool.records.references import case_folder
from sptool.store.folder import CaseFolder
from sptool.store.git import MAIN
from sptool.store.keyrings import read_keyring
from sptool.store.reading import Snapshot

FRAMEWORK = "framework"
SETTINGS = "sptool.yaml"


@dataclass(frozen=True)
class Contents:
    """What goes into a pack.

    Args:
        whole: whether it is a pack of the whole folder.
        bundled: whether the whole history goes into it.
        identify: whether particulars go into it.
    """

    references: tuple[str, ...]
    whole: bool
    bundled: bool
    identify: bool
    formats: tuple[Format, ...]

    @property
    def reference(self) -> str:
        """The one case; empty for a whole folder."""
        return "" if self.whole else self.references[0]


def fill(session: Session, pack: Pack, what: Contents) -> list[KeptApart]:
    """Puts everything into a pack.

    Returns:
        How each file of particulars is that a record names.
    """
    apart: list[KeptApart] = []
    commits: list[str] = []
    for number, reference in enumerate(what.references, 1):
        if what.whole:
            session.talk.tell(f"{number} of {len(what.references)}: {reference}")
        told = looked_back(session, reference)
        _add_history(pack, told)
        _add_documents(session, pack, told.standing.case, what.formats)
        apart += kept_apart(session.folder, told.standing.case)
        commits += _commit_lines(session, told)
    _add_records(session, pack, what)
    _add_proof(session, pack, what, commits)
    _add_particulars(pack, apart, what.identify)
    return apart


def _add_history(pack: Pack, told: LookedBack) -> None:
    reference = told.standing.case.ref
    pack.add(f"history/{reference}.csv", history_table(told))
    data = json.dumps(history_data(told), indent=2, ensure_ascii=False)
    pack.add(f"history/{reference}.json", f"{data}\n".encode())


def _add_documents(session: Session, pack: Pack, case: Case, formats: Sequence[Format]) -> None:
    """Every document that the case can have, in every format; the history of the case beside its tables."""
    for document in DOCUMENTS.values():
        if document.not_yet(case) is not None:
            continue
        for agency in document.agencies(case) or ("",):
            for to in formats:
                (one,) = made(session, Asked(case.ref, document.id, agency, to))
                folder = "history" if document is case_history.DOCUMENT else f"documents/{case.ref}"
                pack.add(f"{folder}/{one.name}", one.content)


def _commit_lines(session: Session, told: LookedBack) -> Iterator[str]:
    """The commit and the file of each record of a case."""
    own = case_folder(told.standing.case.ref)
    by_record = {path.removesuffix(".yaml").rpartition("-")[2]: path for path in session.book.snapshot.paths(own)}
    for step in told.history.steps:
        if step.record.id in told.commits and step.record.id in by_record:
            yield f"{told.commits[step.record.id]} {by_record[step.record.id]}\n"


def _add_records(session: Session, pack: Pack, what: Contents) -> None:
    snapshot = session.book.snapshot
    folders: Iterable[str] = [""] if what.whole else [case_folder(what.reference), REGISTER, "framework"]
    paths = [path for under in folders for path in snapshot.paths(under)]
    for path, content in snapshot.read([*paths, *([] if what.whole else [SETTINGS])]).items():
        pack.add(f"records/{path}", content)


def _add_proof(session: Session, pack: Pack, what: Contents, commits: list[str]) -> None:
    folder, newest = session.folder, session.book.commit
    pack.add("commits.txt", "".join(commits).encode())
    if what.bundled:
        pack.add("history.bundle", bundle(folder))
    else:
        steps = {line.split()[1]: line.split()[0] for line in commits}
        pack.add("evidence.pack", evidence(folder, newest, what.reference, steps))
    signers = read_keyring(folder, newest).allowed_signers(retired=True)
    if signers:
        pack.add(ALLOWED, signers.encode())


def _add_particulars(pack: Pack, apart: Sequence[KeptApart], identify: bool) -> None:
    lines = [f"{one.case} {one.record}/{one.file}: {one.told}\n" for one in apart]
    pack.add("particulars.txt", "".join(lines or ["No record here names particulars.\n"]).encode())
    held = held_in(apart, identify)
    for one in held:
        pack.add(f"particulars/salted/{one.case}/{one.record}/{one.file}", one.salted or b"")
        pack.add(f"particulars/plain/{one.case}/{one.record}/{one.file}", one.plain)
    if held:
        sums = (f"{one.sha256}  particulars/salted/{one.case}/{one.record}/{one.file}\n" for one in held)
        pack.add("particulars/SHA256SUMS", "".join(sums).encode())


def held_in(apart: Sequence[KeptApart], identify: bool) -> list[KeptApart]:
    """The particulars that are in a pack: all that are here, matching or not, if they were asked for."""
    return [one for one in apart if identify and one.salted is not None]


def add_instructions(
    session: Session, pack: Pack, what: Contents, apart: Sequence[KeptApart], signer: str | None
) -> None:
    """The instructions, once it is known what the pack holds."""
    settings = session.folder.settings
    of_what = what.reference or f"all {len(what.references)} cases"
    practice = "\nPRACTICE FOLDER: nothing in it is real." if settings.training else ""
    about = About(
        title=f"Proof pack of {of_what}, made on {session.clock.today.isoformat()}\n{settings.partnership}{practice}",
        newest=session.book.commit,
        reference=what.reference,
        bundled=what.bundled,
        has_keys=ALLOWED in pack.paths(),
        signer=signer,
        held=held_in(apart, what.identify),
    )
    pack.add(INSTRUCTIONS, instructions(about))


def formats_typed(typed: str) -> tuple[Format, ...]:
    """The formats of the documents: those named, else all that this computer can write.

    Raises:
        UsageError: there is no such format.
    """
    from sptool.documents.formats.pandoc import is_installed

    if typed == "none":
        return ()
    if typed:
        return tuple(dict.fromkeys(format_named(one.strip()) for one in typed.split(",")))
    return tuple(FORMATS.values()) if is_installed() else ("md",)


def evidence(folder: CaseFolder, newest: str, reference: str, commits: Mapping[str, str]) -> bytes:
    """A git pack of the objects that prove the records of one case; the same objects give the same bytes.

    A commit's id is a digest of its tree's id, a tree's of the ids in it, a record's blob of its bytes. So the commits,
    the folders on the way down, and the records themselves prove each other; what else main holds stays out.

    Args:
        newest: the commit on which main stands.
        commits: the id of the commit of each step of the case.
    """
    names = _names(folder, newest, reference, sorted({newest, *commits.values()}))
    ids = "".join(f"{oid}\n" for oid in sorted(set(_ids(folder, names))))
    packing = ("-c", "pack.threads=1", "pack-objects", "--stdout", "--quiet", "--window=0", "--no-reuse-delta")
    return folder.git.run(*packing, stdin=ids.encode())


def _names(folder: CaseFolder, newest: str, reference: str, commits: Iterable[str]) -> Iterator[str]:
    """Git's names for the objects on the way from each commit down to the case, and for the files at the newest."""
    own = case_folder(reference)
    year = own.partition("/")[0]
    for commit in commits:
        yield from (commit, f"{commit}^{{tree}}", f"{commit}:{year}", f"{commit}:{own}")
    yield from (f"{newest}:{shared}" for shared in (REGISTER, FRAMEWORK))
    snapshot = Snapshot(folder, newest)
    for under in (own, REGISTER, FRAMEWORK):
        yield from (f"{newest}:{path}" for path in snapshot.paths(under))
    yield from (f"{newest}:{FRAMEWORK}/templates" for _ in snapshot.paths(f"{FRAMEWORK}/templates")[:1])


def _ids(folder: CaseFolder, names: Iterable[str]) -> Iterator[str]:
    """The id of each object that is there."""
    asked = "".join(f"{name}\n" for name in names).encode(errors="surrogateescape")
    answer = folder.git.run("cat-file", "--batch-check=%(objectname)", stdin=asked).decode(errors="surrogateescape")
    yield from (line for line in answer.splitlines() if not line.endswith(" missing"))


def bundle(folder: CaseFolder) -> bytes:
    """The whole history of main as a git bundle, which git clones like a folder."""
    return folder.git.run("-c", "pack.threads=1", "bundle", "create", "--quiet", "-", MAIN)
