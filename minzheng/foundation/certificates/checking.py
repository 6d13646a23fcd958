"""Is this certificate real, and does it hold? For anyone: by its QR code, by a code shown on a phone, by its file."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import dataclass

from asn1crypto import pem, x509
from django.core import signing
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import PdfSignatureStatus, SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.seals import aside, trusted_roots

MOST_BYTES = 5 * 1024 * 1024
SHOWN_SECONDS = 60  # 亮证: a code photographed over the shoulder is worth nothing a minute later
_SALT = "certificates.show"


@dataclass(frozen=True)
class Checked:
    """The answer in words. `certificate` is set only when the file is the one that was issued."""

    tone: str
    title: str
    why: str
    certificate: Issued | None = None


def check_file(content: bytes) -> Checked:
    """Judge a PDF that somebody hands in: seal, wholeness, and whether it is the very file that was issued."""
    if len(content) > MOST_BYTES:
        return Checked("bad", "文件太大", "电子证照不会超过5兆字节。请上传从本系统下载的原文件。")
    known = Issued.objects.filter(sha256=hashlib.sha256(content).hexdigest()).first()
    status = _signature_of(content)
    if isinstance(status, str):
        return Checked("bad", "不是有效的电子证照", status)
    if not status.intact or not status.valid:
        return Checked("bad", "文件被改动过", "内容与签章对不上。不要采信，请让持证人出示原件或原文件。")
    if not _covers_all(status):
        return Checked(
            "bad", "文件被添加过内容", "签章之后又加了东西。不要采信，请让持证人出示原件或原文件。"
        )
    if not status.trusted:
        return Checked("bad", "印章不可信", "签章的机构不在本系统信任的名单里。请向发证机关核实。")
    if known is None:
        return Checked("bad", "没有这份证照", "印章是真的，但本系统没有发过这份文件。请向发证机关核实。")
    tone, words = known.standing(dt.date.today())
    return Checked(tone, f"文件真实，证照{words}", "签章完好，与发证时的文件一致。", known)


def _signature_of(content: bytes) -> PdfSignatureStatus | str:
    """The status of the file's one signature, or why there is none."""
    try:
        signatures = PdfFileReader(io.BytesIO(content)).embedded_signatures
        if len(signatures) != 1:
            return "文件里没有电子签章，或不止一个。请上传从本系统下载的原文件，不要上传照片、截图或重新打印的文件。"
        roots = [x509.Certificate.load(pem.unarmor(root)[2]) for root in trusted_roots()]
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        return aside(lambda: validate_pdf_signature(signatures[0], context))
    except (PdfError, ValueError, TypeError, KeyError, IndexError, RecursionError, OSError):
        return "这不是完整的 PDF 文件。请上传从本系统下载的原文件。"


def _covers_all(status: PdfSignatureStatus) -> bool:
    return status.coverage == SignatureCoverageLevel.ENTIRE_FILE and status.modification_level in (
        None,
        ModificationLevel.NONE,
    )


def code_to_show(certificate: Issued) -> str:
    """What the phone's QR code says: signed, and good for a minute."""
    return signing.TimestampSigner(salt=_SALT).sign(certificate.token)


def shown_by(code: str) -> Issued | None:
    """The certificate behind a code shown on a phone; None when it is older than a minute or not ours."""
    try:
        token = signing.TimestampSigner(salt=_SALT).unsign(code, max_age=SHOWN_SECONDS)
    except signing.BadSignature:
        return None
    return Issued.objects.filter(token=token).first()
