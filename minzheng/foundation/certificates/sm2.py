"""A seal of the national suite over a file: a detached CMS signature with SM3 (GB/T 32905) and SM2 (GB/T 32918.2).

The key is an encrypted PKCS#8 file `<region code>.sm2.key` (or `default.sm2.key`) beside its certificate `….sm2.pem` in
settings.SEALS. The signature itself is made by the `openssl` program (1.1.1 or later): the Python libraries we stand on
know SM3 but not the curve, and a private key is no place for arithmetic of our own (decision 0006).
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from asn1crypto import algos, cms, pem, x509
from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.conf import settings

from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates.seals import seals

SM3_OID, SM2_WITH_SM3_OID = "1.2.156.10197.1.401", "1.2.156.10197.1.501"
SIGNER_ID = "1234567812345678"  # the default of GM/T 0009, for a signer that has no other
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Sm2Seal:
    """One signing key with its certificate."""

    key: Path
    certificate: x509.Certificate

    def sign(self, file: IO[bytes]) -> bytes:
        """The signature (DER) over all of `file`, from its beginning. Refused when the key cannot be used."""
        digest = Hash(SM3())
        file.seek(0)
        while piece := file.read(PIECE):
            digest.update(piece)
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [digest.finalize()]}),
                cms.CMSAttribute(
                    {"type": "signing_time", "values": [cms.Time({"utc_time": dt.datetime.now(dt.UTC)})]}
                ),
            ]
        )
        return self._message(attributes, self._signed(attributes.dump())).dump()

    def _signed(self, content: bytes) -> bytes:
        program = shutil.which("openssl")
        if program is None:
            raise Refused(
                "国密签章要用 openssl 程序，这台服务器上没有。请系统管理员安装 OpenSSL 1.1.1 以上。"
            )
        done = subprocess.run(  # noqa: S603  a list of arguments; the password is in the environment of this call alone
            [
                program,
                "dgst",
                "-sm3",
                "-sign",
                self.key,
                "-passin",
                "env:SEAL",
                "-sigopt",
                f"distid:{SIGNER_ID}",
            ],
            input=content,
            capture_output=True,
            env={"SEAL": settings.SEAL_PASSWORD},
        )
        if done.returncode or not done.stdout:
            raise Refused("国密印章的私钥打不开。请系统管理员核对文件和密码（MINZHENG_SEAL_PASSWORD）。")
        return done.stdout

    def _message(self, attributes: cms.CMSAttributes, signature: bytes) -> cms.ContentInfo:
        digest = algos.DigestAlgorithm({"algorithm": SM3_OID})
        of = {"issuer": self.certificate.issuer, "serial_number": self.certificate.serial_number}
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier("issuer_and_serial_number", cms.IssuerAndSerialNumber(of)),
                "digest_algorithm": digest,
                "signed_attrs": attributes,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": SM2_WITH_SM3_OID}),
                "signature": signature,
            }
        )
        signed = cms.SignedData(
            {
                "version": "v1",
                "digest_algorithms": [digest],
                "encap_content_info": {"content_type": "data"},
                "certificates": [self.certificate],
                "signer_infos": [signer],
            }
        )
        return cms.ContentInfo({"content_type": "signed_data", "content": signed})


def sm2_seal_of(region_code: str) -> Sm2Seal:
    """The national seal of an office. Refused when none is set up."""
    folder = seals()
    for name in (region_code, "default"):
        key, beside = folder / f"{name}.sm2.key", folder / f"{name}.sm2.pem"
        if key.exists() and beside.exists():
            _, _, der = pem.unarmor(beside.read_bytes())
            return Sm2Seal(key, x509.Certificate.load(der))
    raise Refused("还没有配置国密印章。请系统管理员按 docs/certificates.md 放入印章文件。")
