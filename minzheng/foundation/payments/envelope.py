"""The outbox closed to all but the bank: CMS AuthEnvelopedData (RFC 5083) for its certificate, written as a stream.

    openssl cms -decrypt -binary -inform DER -in 批次.txt.p7m -inkey 代发机构私钥.pem -out 批次.txt

AES-256-GCM (RFC 5084) under a key of this file alone, which only the bank's RSA key opens (RSAES-OAEP, SHA-256).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SUFFIX = ".p7m"
PIECE = 64 * 1024
NONCE, TAG = 12, 16
AUTH_ENVELOPED, DATA, AES_256_GCM = (
    core.ObjectIdentifier(one).dump()
    for one in ("1.2.840.113549.1.9.16.1.23", "1.2.840.113549.1.7.1", "2.16.840.1.101.3.4.1.46")
)
OPEN, SEQUENCE, EXPLICIT, END = b"\x80", b"\x30", b"\xa0", b"\x00\x00"  # lengths known only at the end (BER)


def bank_certificate() -> x509.Certificate | None:
    """The bank's certificate, when it takes enciphered files. Raises ImproperlyConfigured when it cannot be used."""
    if not settings.PAYMENT_BANK_CERTIFICATE:
        return None
    try:
        found = x509.load_pem_x509_certificate(Path(settings.PAYMENT_BANK_CERTIFICATE).read_bytes())
    except (OSError, ValueError):
        raise ImproperlyConfigured(
            f"读不到代发机构的证书 {settings.PAYMENT_BANK_CERTIFICATE}。请核对 MINZHENG_BANK_CERTIFICATE，文件应为 PEM 格式。"
        ) from None
    if not isinstance(found.public_key(), rsa.RSAPublicKey):
        raise ImproperlyConfigured("代发机构的证书应为 RSA 证书，请向代发机构索取用于加密的 RSA 证书。")
    return found


def envelope(plain: IO[bytes], bank: x509.Certificate) -> Iterator[bytes]:
    """The enciphered message (BER), from the beginning of `plain`; never whole in memory."""
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(NONCE)
    encryptor = Cipher(AES(key), GCM(nonce)).encryptor()
    yield SEQUENCE + OPEN + AUTH_ENVELOPED + EXPLICIT + OPEN
    yield SEQUENCE + OPEN + core.Integer(0).dump() + cms.RecipientInfos([_recipient(key, bank)]).dump()
    algorithm = core.Sequence.load(_sequence(AES_256_GCM + _sequence(
        core.OctetString(nonce).dump() + core.Integer(TAG).dump()
    ))).dump()  # fmt: skip
    yield SEQUENCE + OPEN + DATA + algorithm + EXPLICIT + OPEN
    plain.seek(0)
    while piece := plain.read(PIECE):
        yield core.OctetString(encryptor.update(piece)).dump()
    encryptor.finalize()
    yield END + END + core.OctetString(encryptor.tag).dump() + END + END + END


def _sequence(content: bytes) -> bytes:
    return SEQUENCE + bytes([len(content)]) + content


def _recipient(key: bytes, bank: x509.Certificate) -> cms.RecipientInfo:
    of_bank = asn1_x509.Certificate.load(bank.public_bytes(serialization.Encoding.DER))
    public = bank.public_key()
    assert isinstance(public, rsa.RSAPublicKey)  # bank_certificate takes no other
    sha256 = hashes.SHA256()
    oaep = algos.RSAESOAEPParams(
        {
            "hash_algorithm": {"algorithm": "sha256"},
            "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": "sha256"}},
        }
    )
    return cms.RecipientInfo(
        "ktri",
        cms.KeyTransRecipientInfo(
            {
                "version": "v0",
                "rid": cms.RecipientIdentifier(
                    "issuer_and_serial_number",
                    cms.IssuerAndSerialNumber(
                        {"issuer": of_bank.issuer, "serial_number": of_bank.serial_number}
                    ),
                ),
                "key_encryption_algorithm": {"algorithm": "rsaes_oaep", "parameters": oaep},
                "encrypted_key": public.encrypt(key, padding.OAEP(padding.MGF1(sha256), sha256, None)),
            }
        ),
    )
