"""One package for offices that carry the instruction by hand: text, table, the seal of each, and how to check them."""

from __future__ import annotations

import shutil
import zipfile
from typing import IO

from django.conf import settings

from minzheng.foundation.crypto.files import unwritten
from minzheng.foundation.payments import instruction
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.payments.seal import SUFFIX, seal

HOW = """批次 {number}：{count} 笔，{yuan} 元。
文本文件校验值 SHA-256：{sha256}

核验印章（OpenSSL 1.1 以上；root.pem 是发证机构的根证书）：
openssl cms -verify -binary -inform DER -in {number}.txt.p7s -content {number}.txt -CAfile root.pem -purpose any -out NUL
显示 “CMS Verification successful” 才可受理；Excel 文件同样核验。文本与 Excel 内容不一致的，以文本为准并联系送出单位。
"""
HOW_SM2 = """批次 {number}：{count} 笔，{yuan} 元。
文本文件校验值 SHA-256：{sha256}

印章为国密 SM2（SM3 摘要，签名者标识 1234567812345678），.p7s 为 CMS 格式。请用贵单位的国密验签工具核验，通过才可受理；
Excel 文件同样核验。文本与 Excel 内容不一致的，以文本为准并联系送出单位。
"""


def write_package(batch: Batch, target: IO[bytes]) -> None:
    """A ZIP of `<number>.txt`, `.xlsx`, a `.p7s` for each and 核验说明.txt. Raises ValueError as write_text does."""
    writers = {"txt": instruction.write_text, "xlsx": instruction.write_xlsx}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for suffix, write in writers.items():
            name = instruction.file_name(batch, suffix)
            with unwritten() as file:
                write(batch, file)
                file.seek(0)
                with package.open(name, "w", force_zip64=True) as member:
                    shutil.copyfileobj(file, member)
                package.writestr(f"{name}{SUFFIX}", seal(batch, file))
        package.writestr("核验说明.txt", _how(batch))


def _how(batch: Batch) -> str:
    return (HOW if settings.SEAL_SUITE == "rsa" else HOW_SM2).format(
        number=batch.number,
        count=batch.payable_count,
        yuan=instruction.yuan(batch.payable_fen),
        sha256=batch.file_sha256,
    )
