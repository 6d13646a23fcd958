"""An .xlsx is a zip of XML: it is judged before any program unpacks it. No macro, no bomb, no path, no DTD gets in."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import IO

from minzheng.foundation.actions import Refused
from minzheng.foundation.documents.scanner import problem_in

SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再上传。"
MOST_PARTS = 500
MOST_BYTES_UNPACKED = 300 * 1024 * 1024
MOST_TEXTS = 60 * 1024 * 1024  # the table of shared texts is held in memory as a whole
MOST_TIMES_SMALLER = 200  # sheets of repeated cells pack some 50 times smaller, bombs a thousand times
LOOKED_AT = 256 * 1024
END = struct.Struct(
    "<4s4H2LH"
)  # "end of central directory": parts on this disk and in all, size of the directory
MOST_DIRECTORY = 256 * 1024
RUNS = re.compile(r"vbaproject|macrosheets/|activex|oleobject|/embeddings/", re.IGNORECASE)
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|\x00")
SYMLINK = 0o120000


def check_workbook(file: IO[bytes]) -> None:
    """Raises Refused, saying what to do, for anything but a plain workbook; leaves `file` at its beginning."""
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            _check_parts(parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_xml(packed, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        # RuntimeError: a password; NotImplementedError: a way of packing that no spreadsheet uses
        raise Refused(f"这个文件打不开，可能已损坏或加了密码。{SAVE_AS}") from None
    file.seek(0)
    if problem := problem_in(file.read()):
        raise Refused(problem)
    file.seek(0)


def _check_directory(file: IO[bytes]) -> None:
    """How many parts there are, read from the last bytes: a million names are never even listed."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(max(0, size - END.size - 0xFFFF))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < END.size:
        raise Refused(f"这不是 .xlsx 文件。{SAVE_AS}")
    _, _, _, _, parts, directory, _, _ = END.unpack_from(tail, place)
    if parts > MOST_PARTS or directory > MOST_DIRECTORY:
        raise Refused(f"这个文件里的部件太多，不是正常的表格。{SAVE_AS}")
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":  # something else may stand before the zip and be run
        raise Refused(f"这不是 .xlsx 文件。{SAVE_AS}")
    file.seek(0)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(names) != len(set(names)) or any(OUTSIDE.search(part.orig_filename) for part in parts):
        raise Refused(f"这个文件的结构不正常，为安全起见不能读取。{SAVE_AS}")
    if any((part.external_attr >> 16) & 0o170000 == SYMLINK for part in parts):
        raise Refused(f"这个文件的结构不正常，为安全起见不能读取。{SAVE_AS}")
    if any(RUNS.search(name) for name in names):
        raise Refused(f"这个文件带有宏或嵌入的程序，为安全起见不能导入。{SAVE_AS}")
    too_big = sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED
    texts = any(part.filename.endswith("sharedStrings.xml") and part.file_size > MOST_TEXTS for part in parts)
    if too_big or texts or any(_is_bomb(part) for part in parts):
        raise Refused("这个文件展开后太大，无法读取。请只保留要导入的那一页，或分成几个文件。")


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > 2**20 and part.file_size > MOST_TIMES_SMALLER * max(1, part.compress_size)


def _check_xml(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Office writes no DTD, so an entity is somebody's attempt to read our files or to fill our memory (XXE)."""
    with packed.open(part) as xml:
        head = xml.read(LOOKED_AT)
    if b"\x00" in head or b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refused(f"这个文件的内容不正常，为安全起见不能读取。{SAVE_AS}")
    if part.filename == "[Content_Types].xml" and b"macroEnabled" in head:
        raise Refused(f"这个文件带有宏，为安全起见不能导入。{SAVE_AS}")
