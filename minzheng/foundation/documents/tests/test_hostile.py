"""What somebody sends to break in or to fill the memory: refused within two seconds, with a reason in plain Chinese."""

import io
import resource
import struct
import subprocess
import sys
import time
import warnings
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from minzheng.foundation.documents.check import UploadRefused, check_upload
from minzheng.foundation.documents.workbooks import check_workbook

DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
MEGABYTE = 2**20


def workbook(**parts):
    """A real workbook with these parts added or put in place of its own (__ for /)."""
    held = io.BytesIO()
    book = Workbook()
    book.active.append(["姓名"])
    book.save(held)
    out = io.BytesIO()
    added = {name.replace("__", "/"): body for name, body in parts.items()}
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, added.pop(part.filename, None) or old.read(part.filename))
        for name, body in added.items():
            new.writestr(name, body)
    return out.getvalue()


def packed(*entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name twice is what one of them is about
        for name, body in entries:
            new.writestr(name, body)
    return out.getvalue()


def symlink():
    link = zipfile.ZipInfo("xl/worksheets/sheet9.xml")
    link.external_attr = 0o120777 << 16
    return packed((link, "/etc/passwd"))


def bomb(megabytes):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(MEGABYTE))
    return out.getvalue()


def million_files():
    """The last bytes of a zip that says it holds a million files (zip64 writes 65,535 there)."""
    return (
        b"PK\x03\x04"
        + bytes(100)
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 60_000_000, 0, 0)
    )


WORKBOOKS = {
    "a bomb of 400 MB": (bomb(400), "展开后太大"),
    "a small bomb": (bomb(20), "展开后太大"),
    "a million files": (million_files(), "部件太多"),
    "an external entity": (workbook(xl__sharedStrings9=b"", **{"xl__sharedStrings.xml": DTD}), "不正常"),
    "an entity in UTF-16": (workbook(**{"xl__x.xml": DTD.decode().encode("utf-16")}), "不正常"),
    "a path out of the folder": (packed(("../../etc/cron.d/x", "x")), "不正常"),
    "a path from the root": (packed(("/etc/cron.d/x", "x")), "不正常"),
    "a path of Windows": (packed(("..\\..\\x.dll", "x")), "不正常"),
    "a symbolic link": (symlink(), "不正常"),
    "two parts of one name": (packed(("a.xml", "1"), ("a.xml", "2")), "不正常"),
    "a macro": (workbook(**{"xl__vbaProject.bin": b"x"}), "带有宏"),
    "an old macro sheet": (workbook(**{"xl__macrosheets__sheet1.xml": b"<x/>"}), "带有宏"),
    "an embedded program": (workbook(**{"xl__embeddings__oleObject1.bin": b"x"}), "带有宏"),
    "a control that runs": (workbook(**{"xl__activeX__activeX1.xml": b"<x/>"}), "带有宏"),
    "a macro workbook renamed": (
        workbook(
            **{"[Content_Types].xml": b'<Types><Override ContentType="x.macroEnabled.main+xml"/></Types>'}
        ),
        "带有宏",
    ),
    "something before the zip": (b"MZ\x90\x00" + workbook(), "不是 .xlsx"),
    "an old .xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "不是 .xlsx"),
    "half a file": (workbook()[:2000], "不是 .xlsx"),
}


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_no_workbook_gets_in_with(kind):
    content, says = WORKBOOKS[kind]
    began = time.process_time()

    with pytest.raises(ValidationError, match=says) as refused:
        check_workbook(io.BytesIO(content))

    assert "请" in str(refused.value), "the message says what to do"
    assert time.process_time() - began < 2


def test_an_ordinary_workbook_gets_in_though_its_rows_are_alike():
    held = io.BytesIO()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for number in range(20_000):
        sheet.append([number, "杨秀英", "湖南省怀化市新晃侗族自治县晃洲镇新村", 630])
    book.save(held)

    check_workbook(held)

    assert held.tell() == 0


def pdf(*parts):
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + b" ".join(parts) + b" >>\nendobj\n%%EOF"


def object_stream(inside, head=b"/Type /ObjStm /Filter /FlateDecode"):
    return b"%PDF-1.7\n5 0 obj\n<< " + head + b" >>\nstream\n" + zlib.compress(inside) + b"\nendstream\n%%EOF"


PDFS = {
    "a script": (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "脚本"),
    "a script whose name is disguised": (pdf(b"/OpenAction << /S /J#61vaScript >>"), "脚本"),
    "a script in a packed stream": (object_stream(b"<< /S /JavaScript >>"), "脚本"),
    "a script in a stream of disguised type": (
        object_stream(b"<< /S /JavaScript >>", b"/Type /Obj#53tm"),
        "脚本",
    ),
    "a program to start": (pdf(b"/AA << /S /Launch /F (cmd.exe) >>"), "脚本"),
    "a file inside": (pdf(b"/Names << /EmbeddedFiles 3 0 R >>"), "附件"),
    "a form that sends": (pdf(b"/A << /S /SubmitForm >>"), "脚本"),
    "a password": (pdf(b"/Encrypt 4 0 R"), "密码"),
    "a bomb in a packed stream": (object_stream(bytes(40 * MEGABYTE)), "展开后太大"),
    "a stream that cannot be read": (object_stream(b"x").replace(b"x\x9c", b"zz"), "读不出来"),
    "a zip behind it": (pdf() + packed(("a", "b")), "藏着别的文件"),
    "a page of script": (b"%PDF-1.4<script>alert(1)</script>", "藏着别的文件"),
}


@pytest.mark.parametrize("kind", PDFS)
def test_no_pdf_gets_in_with(kind):
    content, says = PDFS[kind]
    began = time.process_time()

    with pytest.raises(UploadRefused, match=says) as refused:
        check_upload(SimpleUploadedFile("证明.pdf", content))

    assert "请" in str(refused.value)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"/Lang (zh)"),
        object_stream(b"<< /Type /Page /JSFont 3 >>"),
        pdf(b"/AcroForm << /SigFlags 3 >>"),
    ],
)
def test_plain_paper_gets_in(content):
    assert check_upload(SimpleUploadedFile("证明.pdf", content)).content_type == "application/pdf"


def test_ten_megabytes_of_openings_are_read_in_time():
    hostile = b"%PDF-1.7\n" + b"<</Type/ObjStm>>" * 600_000
    began = time.process_time()

    with pytest.raises(UploadRefused):
        check_upload(SimpleUploadedFile("证明.pdf", hostile))

    assert time.process_time() - began < 2


def test_a_photo_that_is_also_a_page_comes_out_as_a_photo_only():
    held = io.BytesIO()
    Image.new("RGB", (20, 20)).save(held, "JPEG")

    kept = check_upload(
        SimpleUploadedFile("a.jpg", held.getvalue() + b"<script>alert(1)</script>" + packed(("a", "b")))
    )

    assert b"<script" not in kept.content and b"PK\x03\x04" not in kept.content


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", DTD])
def test_a_picture_that_can_run_is_no_picture(content):
    with pytest.raises(UploadRefused, match="不是照片"):
        check_upload(SimpleUploadedFile("图.svg", content))


PROGRAM = """
import io, resource, django
from django.conf import settings
settings.configure(MAX_UPLOAD_BYTES=2**24, SCANNER=""); django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from minzheng.foundation.documents.check import check_upload
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for size, mode in (((30_000, 30_000), "L"), ((30_000, 2_000), "RGBA")):
    held = io.BytesIO()
    held.write(open({path!r} + mode, "rb").read())
    try:
        check_upload(SimpleUploadedFile("a.png", held.getvalue()))
        print("taken")
    except ValueError as refused:
        print(refused)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_picture_of_thirty_thousand_pixels_costs_no_memory(tmp_path):
    for size, mode in (((30_000, 30_000), "L"), ((30_000, 2_000), "RGBA")):
        (tmp_path / f"p{mode}").write_bytes(png_of(size, mode))

    told = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(path=str(tmp_path / "p"))],
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout.splitlines()

    assert ["像素太大" in line for line in told[:2]] == [True, True], told
    assert int(told[2]) < 200 * 1024, "kilobytes beyond what the program itself takes"


def png_of(size, mode):
    """A tiny file that claims to be a huge picture."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", *size, 8, {"L": 0, "RGBA": 6}[mode], 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def test_the_checks_themselves_stay_small():
    """Two hundred megabytes are the most that any of the refusals above may take."""
    began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for content, _ in WORKBOOKS.values():
        with pytest.raises(ValidationError):
            check_workbook(io.BytesIO(content))
    for content, _ in PDFS.values():
        with pytest.raises(UploadRefused):
            check_upload(SimpleUploadedFile("证明.pdf", content))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - began < 200 * 1024
