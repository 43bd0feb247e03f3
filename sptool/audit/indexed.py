"""Whether the index beside the records says what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from sptool.audit.findings import Finding
from sptool.audit.replay import CaseFile
from sptool.errors import SptoolError
from sptool.framework.models import Framework
from sptool.index.comparing import Kept, kept, of_case, of_edition
from sptool.index.deriving import Derived, derived, derived_beside
from sptool.index.keeping import FILE, Place
from sptool.index.known import Editions
from sptool.index.listing import BESIDE, Listed, listed
from sptool.store.casebook import Casebook, sorted_out
from sptool.store.folder import CaseFolder
from sptool.workflow.edition import load_edition

CHECK = "index"
DIFFERS = "What the index holds, from which the lists are answered, is not what follows from the records."
NOT_OWN = " It was not made here, or was changed since, so nothing is answered from it."
AFRESH = " Whoever asks next has it made afresh: sptool overdue"

_NOTHING = ""


@dataclass
class IndexWatch:
    """Holds the index of a folder against its cases, as they are read.

    Args:
        kept: what the index holds; None if there is none.
        differing: what the index is wrong about.
        editions: the framework editions used, by their digest.
    """

    folder: CaseFolder
    commit: str
    kept: Kept | None = None
    found: dict[str, Listed] = field(default_factory=dict)
    differing: set[str] = field(default_factory=set)
    editions: dict[str, Framework] = field(default_factory=dict)

    @cached_property
    def _book(self) -> Editions:
        return Editions(Casebook(self.folder, self.commit, load_edition))

    @property
    def _place(self) -> Place:
        return Place(self.folder.root, self.commit)

    def begin(self, records: int) -> None:
        """Reads the index."""
        self.kept = kept(self._place, records)
        if self.kept is not None:
            self.found = listed(self.folder, self.commit)

    @property
    def _is_current(self) -> bool:
        return self.kept is not None and self.kept.commit == self.commit

    def see(self, reference: str, files: Sequence[CaseFile]) -> None:
        """Holds what the index says of one case against its records.

        Args:
            reference: the case's reference, or what stands for one.
        """
        if self.kept is None or not self.kept.is_sound:
            return
        found = self.found.get(reference, Listed())
        # What was changed or taken away since it was recorded is found elsewhere.
        if found.files == {file.brought.path: file.brought.blob for file in files} and self._is_read(reference, found):
            with suppress(SptoolError):  # an edition is missing or changed, which is found elsewhere too
                one = self._derived(reference, files, found)
                if self.kept.cases.get(reference, _NOTHING) != of_case(one):
                    self.differing.add(reference)

    def _is_read(self, reference: str, found: Listed) -> bool:
        """Whether the index says of a case what it will say when it is asked next."""
        known = self.kept.trees.get(reference) if self.kept else None
        return self._is_current or (known is not None and known == found.tree)

    def _derived(self, reference: str, files: Sequence[CaseFile], found: Listed) -> Derived:
        read = {file.brought.path: file.known for file in files if file.known}
        case = sorted_out(reference, read, found.others)
        if reference in BESIDE:
            return derived_beside(reference, case)
        edition = self._book.of(case)
        self.editions[edition.sha256] = edition
        contents = [file.content for file in files]
        return derived(case, edition, self._book.calendar_for(edition), found.tree, contents)

    def findings(self, seen: set[str]) -> Iterator[Finding]:
        """What the index is wrong about, once every case was seen."""
        if self.kept is None:
            return
        if self.kept.is_sound:
            self._see_the_rest(seen)
        if self.differing or not self.kept.is_sound:
            if self.kept.is_own:
                with suppress(OSError):
                    self._place.seal.lift()
            what = DIFFERS + ("" if self.kept.is_own else NOT_OWN) + AFRESH
            yield Finding(CHECK, "failed", what, "", f".git/sptool/{FILE}")

    def _see_the_rest(self, seen: set[str]) -> None:
        for reference in self.found.keys() - seen:
            self.see(reference, ())
        if self.kept is None or not self._is_current:
            return
        self.differing |= self.kept.cases.keys() - self.found.keys()
        training = "yes" if self.folder.settings.training else "no"
        right = {sha: of_edition(one, self._book.calendar_for(one)) for sha, one in self.editions.items()}
        held = {sha: digest for sha, digest in self.kept.editions.items() if sha in right}
        if held != right or self.kept.about.get("training") != training:
            self.differing.add("")
