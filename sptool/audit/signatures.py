"""Follows the signing keys through the history: which were in force where, and who signed with them.

What counts at a commit is what its own ancestors recorded: never a date, and nothing from another line of history. Only
someone trusted can add or retire a key: a record that says otherwise is reported and has no effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sptool.audit.ancestry import Place
from sptool.audit.findings import Claim, Finding
from sptool.audit.history import RawCommit
from sptool.audit.signatures_joined import Joinings
from sptool.audit.signatures_proof import proved
from sptool.records.header import Record
from sptool.records.keyring import TRUSTED_KINDS, Key, Keyring
from sptool.records.register import KeyAdded
from sptool.store.signing import GIT_NAMESPACE
from sptool.store.sshsig import SshSignature, UnreadableSignature, fingerprint_of, key_blob, read_signature

MISSING = "signature-missing"
BROKEN = "signature-broken"
UNKNOWN = "signature-unknown-key"
RETIRED = "signature-retired-key"
OF_ANOTHER = "signature-of-another"
UNTRUSTED = "key-untrusted"
AFRESH = "key-afresh"
UNCHECKED = "signature-unchecked"
JOINED = "signature-joined"

_SAID = {
    MISSING: "signing is on here, and this step is not signed",
    BROKEN: "the signature does not fit what was recorded",
    UNKNOWN: "it is signed with a key that is not in the register at this point of the history",
    RETIRED: "it is signed with a key that was retired before",
    OF_ANOTHER: "it is signed with another officer's key than its author's",
    UNTRUSTED: "nobody trusted signed this step about keys, so it has no effect",
    AFRESH: "trust starts afresh here on one officer's word; ask who vouched for the new key",
    UNCHECKED: "sptool can't check a signature of this kind; try: git verify-commit",
    JOINED: "a line of history that did not know who signs was joined here, and nobody trusted signed the joining",
}
STATEMENT = "Every step was signed by the officer who recorded it, from when signing began."


@dataclass
class SignatureWatch:
    """Sees every commit of a history once, parents first, and judges its signature.

    Args:
        keyrings: the keys after each commit, by its id. Most commits share their parent's.
        counts: how many commits were seen, signed and well signed, and how often trust was started.
    """

    keyrings: dict[str, Keyring] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    failed: set[str] = field(default_factory=set)
    joinings: Joinings = field(default_factory=Joinings)

    def see(self, commit: RawCommit, record: Record | None, place: Place) -> Iterator[Finding]:
        """Judges one commit. One that adds several records, as a folder's first does, is seen once for each.

        Args:
            commit: the commit; its parents were seen before.
            record: the record of the register that it adds; None if it adds none that can be read.
        """
        again = commit.id in self.keyrings
        before = self.keyrings[commit.id] if again else self._before(commit)
        signer, wrong = _signer(commit, record, before)
        found = [] if wrong is None else [wrong]
        found += self._about_keys(record, signer, before)
        effective = record is not None and UNTRUSTED not in found
        self.keyrings[commit.id] = before.with_record(record) if record and effective else before
        if record and effective:
            self.joinings.turn(record, place)
        if not again:
            self._count(commit)
            self._place(commit, place, signer, before, is_told=wrong is not None)
        yield from self._found(found, commit.id)

    def _about_keys(self, record: Record | None, signer: Key | None, before: Keyring) -> list[str]:
        """What is wrong with a step that adds or retires a key, or requires signing."""
        if not isinstance(record, TRUSTED_KINDS):
            return []
        if not _trusted(record, signer, before):
            return [UNTRUSTED]
        if isinstance(record, KeyAdded) and _self_signed(record, signer, before):
            self.counts["started"] += 1
            return [AFRESH] if before.keys or self.counts["started"] > 1 else []
        return []

    def _place(self, commit: RawCommit, place: Place, signer: Key | None, before: Keyring, *, is_told: bool) -> None:
        if len(commit.parents) > 1:
            self.joinings.joined(place, commit.id, is_told or signer is not None)
        about = frozenset((signer.fingerprint,)) if signer else before.officers_at(commit.author.email)
        self.joinings.step(about, place)

    def where_joined(self) -> Iterator[Finding]:
        """Once every commit was seen: joinings that nobody trusted signed, though much hangs on them."""
        for commit in self.joinings.doubtful():
            yield from self._found([JOINED], commit)

    def _found(self, found: list[str], commit: str) -> Iterator[Finding]:
        self.failed.update(found)
        yield from (Finding(check, "failed", _SAID[check], commit) for check in found)

    def _before(self, commit: RawCommit) -> Keyring:
        known = [self.keyrings[parent] for parent in commit.parents if parent in self.keyrings]
        joined = known[0] if known else Keyring()
        for keyring in known[1:]:
            joined = joined if keyring is joined else joined.joined(keyring)
        return joined

    def _count(self, commit: RawCommit) -> None:
        self.counts["seen"] += 1
        self.counts["signed"] += commit.gpgsig is not None

    def summary(self) -> Claim:
        """What the signatures prove, once every commit was seen."""
        seen, signed = self.counts["seen"], self.counts["signed"]
        if self.failed:
            return Claim("signatures", STATEMENT, "failed", "Some signatures don't hold; they are listed.")
        if not signed:
            because = "Nobody signs in this folder. Who recorded a step rests on what the step itself says."
            return Claim("signatures", STATEMENT, "claimed", because)
        because = (
            f"{signed} of {seen} commits are signed, each with a key of its author in force at that point; the others "
            f"come from before signing began for their author. The first key was taken on its officer's word."
        )
        return Claim("signatures", STATEMENT, "proved", because)


def _signer(commit: RawCommit, record: Record | None, before: Keyring) -> tuple[Key | None, str | None]:
    """The key that rightly signed a commit, and the check that failed, if one did."""
    authors = before.officers_at(commit.author.email)
    if commit.gpgsig is None:
        said = authors | ({record.recorded_by} if record else set())
        return None, MISSING if before.must_sign(said) else None
    try:
        signature = read_signature(commit.gpgsig)
    except UnreadableSignature:
        return None, UNCHECKED
    candidates = _candidates(signature, record, before)
    if not candidates:
        return None, UNKNOWN
    outcome = proved(signature, candidates[0].public_key, GIT_NAMESPACE, commit.signed_payload)
    if outcome != "good":
        return None, BROKEN if outcome == "broken" else UNCHECKED
    if signature.fingerprint in before.retired:
        return None, RETIRED
    named = {record.recorded_by} if record else authors
    own = [key for key in candidates if key.officer in authors & named]
    return (own[0], None) if own else (None, OF_ANOTHER)


def _candidates(signature: SshSignature, record: Record | None, before: Keyring) -> list[Key]:
    """The keys that a signature says it is made with: those of the register, and one that the commit itself adds."""
    added = [Key(record.officer, record.public_key, record.fingerprint)] if isinstance(record, KeyAdded) else []
    known = sorted(before.keys, key=lambda key: (key.officer, key.fingerprint))
    starting = added if added and isinstance(record, KeyAdded) and _starts_trust(record, before) else []
    return [key for key in (*known, *starting) if _true_fingerprint(key.public_key) == signature.fingerprint]


def _starts_trust(record: KeyAdded, before: Keyring) -> bool:
    return not before.keys or record.afresh is not None


def _self_signed(record: KeyAdded, signer: Key | None, before: Keyring) -> bool:
    return signer is not None and signer.public_key == record.public_key and _starts_trust(record, before)


def _trusted(record: Record | None, signer: Key | None, before: Keyring) -> bool:
    """Whether somebody who may signed a record about keys: with a key in force, or with the one that starts trust."""
    if signer is None:
        return False
    if isinstance(record, KeyAdded):
        if _true_fingerprint(record.public_key) != record.fingerprint or record.fingerprint in before.retired:
            return False
        if _self_signed(record, signer, before):
            return record.officer == record.recorded_by
    return True


def _true_fingerprint(public_key: str) -> str:
    """A key's own fingerprint, whatever a record says of it; nothing for what is no key."""
    try:
        return fingerprint_of(key_blob(public_key))
    except UnreadableSignature:
        return ""
