"""Signing PDF files with the issuer's seal: PAdES, and no change allowed afterwards.

A seal is a PKCS#12 file `<region code>.p12` (or `default.p12`) in settings.SEALS with the password
settings.SEAL_PASSWORD; a licensed authority issues it. The demo and the tests make their own authority, and every
paper signed by it says so: `is_test`. Whoever puts a hardware module in its place replaces `Seal.sign` alone.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from minzheng.foundation.actions import Refused

T = TypeVar("T")
TEST_NAME = "民政演示测试印章（无法律效力）"
ROOT_FILE, DEFAULT = "root.pem", "default.p12"
FIELD = "Seal"
ROOM = 16384  # bytes of the file kept for the signature; given, so that it is not tried out at each signature


def aside(work: Callable[[], T]) -> T:
    """Run in a thread of its own: pyHanko starts an event loop, and the caller's thread may have one already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


class UnlockedSigner(SimpleSigner):
    """Checks and unlocks the private key once; pyHanko does it at each signature, and for RSA that is most of the time."""

    @functools.cached_property
    def key(self) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
        key = serialization.load_der_private_key(self.signing_key.dump(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise Refused("电子印章的密钥种类不支持。请换用 RSA 或 ECC 的印章。")
        return key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        digest = getattr(hashes, digest_algorithm.upper())()
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), digest)
        return self.key.sign(data, ec.ECDSA(digest))


@dataclass(frozen=True)
class Seal:
    """One signing key with its certificate."""

    signer: UnlockedSigner
    is_test: bool

    def sign(self, pdf: bytes, reason: str, place: str) -> bytes:
        """The file with a signature over all of it. `place` and `reason` are readable in the file."""
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            reason=reason,
            location=place,
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signed = aside(lambda: PdfSigner(metadata, self.signer).sign_pdf(writer, bytes_reserved=ROOM))
        return bytes(signed.getbuffer())


def seals() -> Path:
    """The folder of seals and trusted roots; where tests and the demo run, with an authority of our own."""
    folder: Path = settings.SEALS
    if settings.TEST_SEAL:
        make_test_authority(folder)
    return folder


def seal_of(region_code: str) -> Seal:
    """The seal of an issuer. Refused when none is set up."""
    folder = seals()
    for file in (folder / f"{region_code}.p12", folder / DEFAULT):
        if file.exists():
            return _load(file, file.stat().st_mtime_ns)
    raise Refused("还没有配置电子印章，不能发证。请系统管理员按 docs/certificates.md 放入印章文件。")


@functools.lru_cache(maxsize=32)
def _load(file: Path, changed: int) -> Seal:
    """Read once: unlocking the key takes longer than a signature. `changed` lets a new file take its place."""
    password = settings.SEAL_PASSWORD.encode()
    read = SimpleSigner.load_pkcs12(str(file), passphrase=password)
    if read is None or read.signing_cert is None:
        raise Refused("电子印章文件打不开。请系统管理员核对文件和密码（MINZHENG_SEAL_PASSWORD）。")
    signer = UnlockedSigner(read.signing_cert, read.signing_key, read.cert_registry)
    return Seal(signer, is_test=read.signing_cert.subject.native.get("common_name") == TEST_NAME)


def trusted_roots() -> list[bytes]:
    """PEM files of the authorities whose seals are accepted; those of the national suite (sm2.py) sign no PDF."""
    files = sorted(seals().glob("*.pem"))
    return [file.read_bytes() for file in files if not file.name.endswith(".sm2.pem")]


def published_roots() -> bytes:
    """The same for whoever checks a paper with another program: the certificates themselves and nothing else of the files."""
    found = [one for file in trusted_roots() for one in x509.load_pem_x509_certificates(file)]
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in found)


def make_test_authority(folder: Path) -> None:
    """An authority of our own and one seal below it, made once; for the demo and tests only."""
    if (folder / DEFAULT).exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    root_key, seal_key = (rsa.generate_private_key(public_exponent=65537, key_size=3072) for _ in range(2))
    root = _certificate("民政演示测试根证书", "民政演示测试根证书", root_key, root_key, is_authority=True)
    seal = _certificate(TEST_NAME, "民政演示测试根证书", seal_key, root_key, is_authority=False)
    kept = pkcs12.serialize_key_and_certificates(
        b"seal",
        seal_key,
        seal,
        [root],
        serialization.BestAvailableEncryption(settings.SEAL_PASSWORD.encode()),
    )
    (folder / ROOT_FILE).write_bytes(root.public_bytes(serialization.Encoding.PEM))
    # The seal last and whole: a second process that sees it can use it.
    part = folder / f"{DEFAULT}.{os.getpid()}"
    part.touch(mode=0o600)
    part.write_bytes(kept)
    part.replace(folder / DEFAULT)


def _certificate(
    name: str, issuer: str, key: rsa.RSAPrivateKey, signed_by: rsa.RSAPrivateKey, *, is_authority: bool
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    usage = x509.KeyUsage(
        digital_signature=not is_authority, content_commitment=not is_authority, key_cert_sign=is_authority,
        crl_sign=is_authority, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(signed_by, hashes.SHA256())
