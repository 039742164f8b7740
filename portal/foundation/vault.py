"""The vault: seals and opens words, each under its author's, couple's or practice's own key."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.foundation.chest import Chest
from portal.foundation.keyring import Keyring, WrappedKey

FORMAT = b"\x01"
NONCE = 12


class SealBrokenError(Exception):
    """Sealed words were altered, moved, or belong to another place; nothing of them is given."""


class ErasedError(Exception):
    """The key was destroyed: the words can never be read again."""


@dataclass(frozen=True)
class Place:
    """Where sealed words lie; words moved to another place do not open there."""

    table: str
    row_id: UUID
    field: str
    author_id: UUID
    version: int = 1

    def bound_to(self, key_id: UUID) -> bytes:
        """The associated data: every part of the place, and the key."""
        parts = (self.table, self.row_id, self.field, self.author_id, key_id, self.version)
        return "|".join(str(part) for part in parts).encode()


class Vault:
    """One visit's way to sealed words; it remembers the keys it has unwrapped, no longer."""

    def __init__(self, chest: Chest, keyring: Keyring) -> None:
        self.chest = chest
        self._ring = keyring
        self._by_owner: dict[UUID, tuple[UUID, AESGCM]] = {}
        self._by_key: dict[UUID, AESGCM] = {}
        self._raw: dict[UUID, bytes] = {}

    def new_practice_key(self, practice_id: UUID, now: datetime) -> None:
        """Give a practice its key, wrapped by the install's master key."""
        self._keep(practice_id, practice_id, self.chest.current, self.chest.master(), now)

    def new_key(self, owner_id: UUID, practice_id: UUID, now: datetime) -> None:
        """Give a person or a couple their own key, wrapped by their practice's."""
        self.warm([practice_id])
        key_id, _ = self._owned(practice_id)
        self._keep(owner_id, practice_id, str(key_id), self._raw[key_id], now)

    def seal(self, owner_id: UUID, place: Place, words: str) -> bytes:
        """These words, readable only in this place and only while their owner's key lives."""
        key_id, cipher = self._owned(owner_id)
        nonce = secrets.token_bytes(NONCE)
        sealed = cipher.encrypt(nonce, words.encode(), place.bound_to(key_id))
        return FORMAT + key_id.bytes + nonce + sealed

    def seal_bytes(self, owner_id: UUID, place: Place, content: bytes) -> bytes:
        """A finished document, sealed like words."""
        key_id, cipher = self._owned(owner_id)
        nonce = secrets.token_bytes(NONCE)
        return (
            FORMAT + key_id.bytes + nonce + cipher.encrypt(nonce, content, place.bound_to(key_id))
        )

    def open(self, place: Place, sealed: bytes) -> str:
        """The words as they were sealed here; raises SealBrokenError or ErasedError."""
        return self.open_bytes(place, sealed).decode()

    def open_bytes(self, place: Place, sealed: bytes) -> bytes:
        """A sealed document as it was put here."""
        key_id = UUID(bytes=sealed[1:17])
        if key_id not in self._by_key:
            self._learn(self._ring.by_ids([key_id]))
        cipher = self._by_key.get(key_id)
        if cipher is None:
            raise ErasedError
        try:
            return cipher.decrypt(sealed[17:29], sealed[29:], place.bound_to(key_id))
        except InvalidTag as problem:
            raise SealBrokenError from problem

    def warm(self, owner_ids: Iterable[UUID]) -> None:
        """Fetch the keys of all these owners at once, so that a page costs one look-up."""
        wanted = [owner_id for owner_id in set(owner_ids) if owner_id not in self._by_owner]
        if wanted:
            self._learn(self._ring.of_owners(wanted))

    def destroy(self, owner_id: UUID, now: datetime) -> None:
        """Forget this owner's key for good, and with it everything sealed under it."""
        self._ring.destroy(owner_id, now)
        known = self._by_owner.pop(owner_id, None)
        if known is not None:
            self._by_key.pop(known[0], None)
            self._raw.pop(known[0], None)

    def destroy_practice(self, practice_id: UUID) -> None:
        """Forget every key of a practice; used when the sample is removed."""
        self._ring.destroy_practice(practice_id)
        self._by_owner.clear()
        self._by_key.clear()
        self._raw.clear()

    def _owned(self, owner_id: UUID) -> tuple[UUID, AESGCM]:
        if owner_id not in self._by_owner:
            self.warm([owner_id])
        if owner_id not in self._by_owner:
            raise ErasedError
        return self._by_owner[owner_id]

    def _keep(
        self, owner_id: UUID, practice_id: UUID, wrapper_id: str, wrapper: bytes, now: datetime
    ) -> None:
        key_id, raw = uuid4(), secrets.token_bytes(32)
        nonce = secrets.token_bytes(NONCE)
        bound = f"{key_id}|{owner_id}|{wrapper_id}".encode()
        wrapped = nonce + AESGCM(wrapper).encrypt(nonce, raw, bound)
        self._ring.add(WrappedKey(key_id, owner_id, practice_id, wrapper_id, wrapped), now)
        self._remember(key_id, owner_id, raw)

    def _learn(self, keys: list[WrappedKey]) -> None:
        practices = {
            UUID(key.wrapped_by)
            for key in keys
            if key.wrapped_by not in self.chest.masters and UUID(key.wrapped_by) not in self._raw
        }
        if practices:
            self._learn(self._ring.by_ids(practices))
        for key in keys:
            bound = f"{key.id}|{key.owner_id}|{key.wrapped_by}".encode()
            wrapper = self.chest.masters.get(key.wrapped_by) or self._raw[UUID(key.wrapped_by)]
            raw = AESGCM(wrapper).decrypt(key.wrapped[:NONCE], key.wrapped[NONCE:], bound)
            self._remember(key.id, key.owner_id, raw)

    def _remember(self, key_id: UUID, owner_id: UUID, raw: bytes) -> None:
        cipher = AESGCM(raw)
        self._raw[key_id] = raw
        self._by_key[key_id] = cipher
        self._by_owner[owner_id] = (key_id, cipher)


class Sealing:
    """For tables with sealed columns: `put` seals into a column, `words` opens it."""

    __tablename__: str

    def place_of(self, field: str, author_id: UUID, version: int = 1) -> Place:
        """Where this column of this row is, as the seal knows it."""
        return Place(self.__tablename__, _id_of(self), field, author_id, version)

    def put(self, vault: Vault, field: str, words: str, owner_id: UUID) -> None:
        """Seal words into a column under their owner's key; empty words leave it empty."""
        sealed = vault.seal(owner_id, self.place_of(field, owner_id), words) if words else None
        setattr(self, field, sealed)

    def words(self, vault: Vault, field: str, owner_id: UUID) -> str:
        """The words of a column, or nothing where none were written."""
        sealed: bytes | None = getattr(self, field)
        return vault.open(self.place_of(field, owner_id), sealed) if sealed else ""


def _id_of(row: Any) -> UUID:
    found: UUID = row.id
    return found
