"""Which ciphers: AES-256-GCM with HMAC-SHA256, or the national SM4-GCM (GB/T 32907) with HMAC-SM3 (GB/T 32905)."""

from __future__ import annotations

import abc

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.hmac import HMAC

NONCE, TAG = 12, 16  # bytes


class Keyed:
    """HMAC with one key. A copy of a keyed state costs half of keying it again."""

    def __init__(self, key: bytes, algorithm: HashAlgorithm) -> None:
        self._state = HMAC(key, algorithm)

    def of(self, *parts: bytes) -> bytes:
        """32 bytes."""
        state = self._state.copy()
        for part in parts:
            state.update(part)
        return state.finalize()


class Suite(abc.ABC):
    """One authenticated cipher under one secret of 32 bytes, from which its keys are derived."""

    code: str
    number: int  # as written in each ciphertext; never reused
    hash: HashAlgorithm

    def __init__(self, secret: bytes) -> None:
        derived = Keyed(secret, self.hash)
        self._nonces = Keyed(derived.of(b"nonce"), self.hash)
        self._files = Keyed(derived.of(b"file"), self.hash)
        self._use(derived.of(b"encrypt"))

    @abc.abstractmethod
    def _use(self, key: bytes) -> None: ...

    @abc.abstractmethod
    def encrypt(self, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        """Ciphertext and tag; `bound` is authenticated with them."""

    @abc.abstractmethod
    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """Raises InvalidTag when key, ciphertext or `bound` is another."""

    def of_file(self, salt: bytes) -> Suite:
        """The same cipher under a key of one file's own, so that no two files share a nonce."""
        return type(self)(self._files.of(salt))

    def nonce(self, bound: bytes, plain: bytes) -> bytes:
        """Worked out from what is encrypted (as in SIV, RFC 8452): the same value in the same row is the same
        ciphertext, so saving a row unchanged changes nothing; anything else has another nonce."""
        return self._nonces.of(len(bound).to_bytes(4), bound, plain)[:NONCE]


class Aes(Suite):
    code, number, hash = "aes-gcm", 1, SHA256()

    def _use(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        return self._cipher.encrypt(nonce, plain, bound)

    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        return self._cipher.decrypt(nonce, sealed, bound)


class Sm4(Suite):
    code, number, hash = "sm4-gcm", 2, SM3()

    def _use(self, key: bytes) -> None:
        self._cipher = SM4(key[:16])

    def encrypt(self, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        encryptor = Cipher(self._cipher, GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound)
        return encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        if len(sealed) < TAG:
            raise InvalidTag
        decryptor = Cipher(self._cipher, GCM(nonce, sealed[-TAG:])).decryptor()
        decryptor.authenticate_additional_data(bound)
        return decryptor.update(sealed[:-TAG]) + decryptor.finalize()


SUITES: dict[str, type[Suite]] = {suite.code: suite for suite in (Aes, Sm4)}
