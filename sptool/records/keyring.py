"""Which signing keys count, and who must sign: what the records of the register come to at one place of the history.

Everything is kept in sets that only grow, so that two lines of history that meet simply put theirs together, whatever
any clock says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from sptool.records.header import Record
from sptool.records.register import KeyAdded, KeyRetired, OfficerAdded, SigningRequired

TRUSTED_KINDS = (KeyAdded, KeyRetired, SigningRequired)
"""What only an officer may record who signs with a key in force."""


@dataclass(frozen=True, slots=True)
class Key:
    """An officer's signing key, its public half.

    Args:
        public_key: algorithm and public half, as in an SSH public key file.
        fingerprint: the SHA-256 of the public half, as `ssh-keygen -l` shows it.
    """

    officer: str
    public_key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of a folder after some records of its register.

    Args:
        keys: every key that was added, retired ones too.
        retired: the fingerprints of those that no longer count.
        addresses: e-mail address and id of each officer; an address is in small letters.
        demands: the ids of the records that require signing.
        lifted: the ids of those among them that no longer count.
    """

    keys: frozenset[Key] = frozenset()
    retired: frozenset[str] = frozenset()
    addresses: frozenset[tuple[str, str]] = frozenset()
    demands: frozenset[str] = frozenset()
    lifted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, records: Iterable[Record]) -> Keyring:
        """The keys after these records of the register, in their order."""
        return reduce(Keyring.with_record, records, cls())

    def with_record(self, record: Record) -> Keyring:
        """The keys once this record is there too; the same if it says nothing about keys."""
        match record:
            case KeyAdded():
                key = Key(record.officer, record.public_key, record.fingerprint)
                return replace(self, keys=self.keys | {key})
            case KeyRetired():
                return replace(self, retired=self.retired | {record.fingerprint})
            case OfficerAdded():
                return replace(self, addresses=self.addresses | {(record.email.casefold(), record.officer)})
            case SigningRequired(required="yes"):
                return replace(self, demands=self.demands | {record.id})
            case SigningRequired():
                return replace(self, lifted=self.lifted | self.demands)
        return self

    def joined(self, other: Keyring) -> Keyring:
        """The keys where two lines of history meet."""
        if other == self:
            return self
        return Keyring(
            self.keys | other.keys,
            self.retired | other.retired,
            self.addresses | other.addresses,
            self.demands | other.demands,
            self.lifted | other.lifted,
        )

    @property
    def in_force(self) -> tuple[Key, ...]:
        """The keys that count, in the order of their officers."""
        counting = (key for key in self.keys if key.fingerprint not in self.retired)
        return tuple(sorted(counting, key=lambda key: (key.officer, key.fingerprint)))

    @property
    def required(self) -> bool:
        """Whether every step has to be signed, whoever records it."""
        return bool(self.demands - self.lifted)

    def keys_of(self, officers: Iterable[str]) -> tuple[Key, ...]:
        """The keys in force of these officers."""
        wanted = set(officers)
        return tuple(key for key in self.in_force if key.officer in wanted)

    def officers_at(self, email: str) -> frozenset[str]:
        """The ids of the officers who have this e-mail address."""
        return frozenset(officer for address, officer in self.addresses if address == email.casefold())

    def must_sign(self, officers: Iterable[str]) -> bool:
        """Whether a step of these officers has to be signed: everybody's has, or one of them has a key in force."""
        return self.required or bool(self.keys_of(officers))

    def allowed_signers(self, *, retired: bool = False) -> str:
        """The keys as `ssh-keygen` and git read them (ALLOWED SIGNERS in `man ssh-keygen`), a line for each.

        Args:
            retired: also those that no longer count, to check what they signed while they did.
        """
        addresses: dict[str, set[str]] = {}
        for address, officer in self.addresses:
            addresses.setdefault(officer, set()).add(address)
        counting = sorted(self.keys, key=lambda key: (key.officer, key.fingerprint)) if retired else self.in_force
        return "".join(
            f"{','.join(sorted(addresses.get(key.officer, {key.officer})))} {key.public_key}\n" for key in counting
        )
