"""The lock of the notes: with a passphrase set, all that they say is kept encrypted, and is readable only while unlocked.

AES-256-GCM and scrypt of ``cryptography`` (Apache-2.0 or BSD). A random key seals the notes; that key is kept twice, sealed
by the passphrase and by a recovery key. A new passphrase comes with a new key, so that the old one opens nothing that is
written later (see locking.py). What stays readable is which article or person a note is about, its colour and its times.
"""

from __future__ import annotations

import base64
import os
import re
import sqlite3
import threading
from typing import TYPE_CHECKING

from kbapp.errors import Code, UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SEALED = "\x01sealed:1:"  # begins with what no text of a user keeps; see notes.py
_SCRYPT_N = 1 << 16  # 64 MB and about a quarter of a second
_RECOVERY_BYTES = 20


class NotesLocked(UserError):
    """The notes are locked, and what was asked for needs their texts."""

    def __init__(self) -> None:
        super().__init__(Code.NOTES_LOCKED)


class Vault:
    """The key of one library's notes while they are unlocked, and the texts decrypted with it."""

    def __init__(self) -> None:
        self._key: bytes | None = None
        self._salt = b""  # tells which key of the library this is
        self._lock = threading.Lock()
        self.texts: dict[
            int, tuple[int, str]
        ] = {}  # (revision, text) of sealed notes, for searching; emptied on locking

    @property
    def unlocked(self) -> bool:
        return self._key is not None

    def seal(self, text: str, what: str) -> str:
        """The text encrypted for one place (``what``). Raises NotesLocked."""
        nonce = os.urandom(12)
        return SEALED + base64.b64encode(nonce + _cipher(self._needed()).encrypt(nonce, text.encode(), what.encode())).decode()  # fmt: skip

    def seal_bytes(self, data: bytes, what: str) -> bytes:
        """The same for bytes. Raises NotesLocked."""
        nonce = os.urandom(12)
        return nonce + bytes(_cipher(self._needed()).encrypt(nonce, data, what.encode()))

    def open_bytes(self, data: bytes, what: str) -> bytes:
        """What ``seal_bytes`` made, for the same place. Raises NotesLocked, UserError when it is damaged."""
        from cryptography.exceptions import InvalidTag

        try:
            return bytes(_cipher(self._needed()).decrypt(data[:12], data[12:], what.encode()))
        except InvalidTag as error:
            raise UserError(Code.LOCKED_NOTE_DAMAGED) from error

    def open(self, text: str, what: str) -> str:
        """What was sealed for that place; a text that is not sealed is returned as it is. Raises NotesLocked."""
        if not is_sealed(text):
            return text
        from cryptography.exceptions import InvalidTag

        data = base64.b64decode(text[len(SEALED) :])
        try:
            return str(_cipher(self._needed()).decrypt(data[:12], data[12:], what.encode()), "utf-8")
        except InvalidTag as error:
            raise UserError(Code.LOCKED_NOTE_DAMAGED) from error

    def lock(self) -> None:
        """Forgets the key and everything that was decrypted with it."""
        with self._lock:
            self._key = None
            self.texts.clear()

    def unlock(self, db: sqlite3.Connection, secret: str) -> None:
        """Takes the passphrase or the recovery key. Raises UserError, which tells nothing of how near it was."""
        row = db.execute("SELECT * FROM vault").fetchone()
        if row is None:
            raise UserError(Code.NOTES_NOT_PROTECTED)
        for salt, wrapped, word in (
            (row["salt"], row["by_passphrase"], secret),
            (row["recovery_salt"], row["by_recovery"], _tidy(secret)),
        ):
            key = _unwrap(word, salt, wrapped)
            if key is not None:
                with self._lock:
                    self._key, self._salt = key, row["salt"]
                return
        raise UserError(Code.WRONG_PASSPHRASE)

    def begin(self, db: sqlite3.Connection, passphrase: str) -> str:
        """Makes a key and keeps it sealed, in the place of the one before; returns the recovery key, which is kept nowhere."""
        key, recovery = os.urandom(32), base64.b32encode(os.urandom(_RECOVERY_BYTES)).decode()
        salt, recovery_salt = os.urandom(16), os.urandom(16)
        db.execute(
            "INSERT OR REPLACE INTO vault (id, salt, by_passphrase, recovery_salt, by_recovery) VALUES (1, ?, ?, ?, ?)",
            (salt, _wrap(passphrase, salt, key), recovery_salt, _wrap(recovery, recovery_salt, key)),
        )
        self._key, self._salt = key, salt
        return "-".join(recovery[at : at + 4] for at in range(0, len(recovery), 4))

    def adopt(self, fresh: Vault) -> None:
        """Takes the key of another vault, once what it sealed is in the library."""
        with self._lock:
            self._key, self._salt = fresh._key, fresh._salt
            self.texts.clear()

    def notice_new_key(self, salt: bytes) -> None:
        """Locks when another program has changed the passphrase: what is written with the old key nobody could read."""
        if self._key is not None and salt != self._salt:
            self.lock()

    def _needed(self) -> bytes:
        key = self._key
        if key is None:
            raise NotesLocked
        return key


def note_place(note: int, part: str = "text") -> str:
    """What a note's sealed text is bound to, so that it opens nowhere else."""
    return f"note {note} {part}"


def is_sealed(text: str | None) -> bool:
    return bool(text) and str(text).startswith(SEALED)


def is_protected(db: sqlite3.Connection) -> bool:
    """Whether the library's notes are kept encrypted, be they unlocked now or not."""
    row = db.execute("SELECT salt FROM vault").fetchone()
    vault: Vault | None = getattr(db, "vault", None)
    if row is not None and vault is not None:
        vault.notice_new_key(row[0])
    return row is not None


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _derived(word: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=_SCRYPT_N, r=8, p=1).derive(word.encode())


def _wrap(word: str, salt: bytes, key: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + bytes(_cipher(_derived(word, salt)).encrypt(nonce, key, b"kbapp notes"))


def _unwrap(word: str, salt: bytes, wrapped: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag

    try:
        return bytes(_cipher(_derived(word, salt)).decrypt(wrapped[:12], wrapped[12:], b"kbapp notes"))
    except InvalidTag:
        return None


def _tidy(recovery: str) -> str:
    """A recovery key as it was made, however it was typed from paper."""
    return re.sub(r"[^A-Z2-7]", "", recovery.upper().replace("0", "O").replace("1", "I").replace("8", "B"))
