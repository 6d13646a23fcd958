"""From a certificate's content to a PDF/A page: typst, fonts from a package, a QR code that anyone can check."""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Sequence
from importlib import resources
from typing import Any, Final

import segno
import typst
from django.conf import settings

from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.words import PAPERS, Certificate

FONTS = str(resources.files("pylopdf_fonts_zh_cn"))
STANDARD: Final = "a-2b"  # PDF/A-2b (GB/T 23286.2): long-term, self-contained


def said_by(certificate: Issued, *, is_test: bool) -> dict[str, Any]:
    """What the paper says. It travels as data: nothing that a person is called can become markup."""
    day = certificate.issued_on
    return {
        "title": certificate.word.title,
        "statement": certificate.word.statement,
        "number": certificate.number,
        "identifier": certificate.identifier,
        "issuer": certificate.issuer_name,
        "issued_on": f"{day.year}年{day.month}月{day.day}日",
        "basis": certificate.word.cite,
        "rows": certificate.rows,
        "note": certificate.note,
        "url": address_of(certificate.token),
        "is_test": is_test,
        "photo": framed(certificate),
    }


def framed(certificate: Issued) -> str:
    """The photo as SVG, the one form in which a picture travels as data; "" where the paper has none."""
    picture = certificate.word.picture
    content = picture(certificate) if picture is not None else None
    if not content:
        return ""
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    data = base64.b64encode(content).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 530 350">'
        f'<image width="530" height="350" preserveAspectRatio="xMidYMid slice" href="data:image/{kind};base64,{data}"/></svg>'
    )


def page(word: Certificate, said: dict[str, Any]) -> bytes:
    """One certificate as PDF/A, not yet signed."""
    return pages(word.paper, [said])


def pages(paper: str, all_said: Sequence[dict[str, Any]]) -> bytes:
    """Several of one paper in one file, for printing."""
    data = [said | {"qr": qr(said["url"])} for said in all_said]
    made = _compiler(paper).compile(
        format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, pdf_standards=[STANDARD]
    )
    assert isinstance(made, bytes)  # one output was asked for
    return made


@functools.lru_cache(maxsize=16)
def _compiler(paper: str) -> typst.Compiler:
    """Kept between pages: the fonts are read once."""
    return typst.Compiler(
        str(PAPERS / f"{paper}.typ"), root=str(PAPERS), font_paths=[FONTS], ignore_system_fonts=True
    )


def address_of(token: str) -> str:
    """Where anyone checks the certificate; it is what the QR code says."""
    return site_address(f"/verify/{token}/")


def site_address(path: str) -> str:
    """The whole address, as a stranger's phone needs it."""
    return f"{settings.SITE_URL}{path}"


def qr(text: str) -> str:
    """SVG, with room for a smudge (level M)."""
    return segno.make(text, error="m").svg_inline(border=0, omitsize=True)
