"""Uploads judged by content: what is kept, what is stripped, what each refusal says."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from minzheng.foundation.documents.check import UploadRefused, check_upload

XIEN = {1: "N", 2: (27.0, 21.0, 36.0), 3: "E", 4: (109.0, 10.0, 12.0)}


def photo(format_name="JPEG", size=(40, 30), exif=None, **options):
    written = io.BytesIO()
    picture = Image.effect_noise(size, 90).convert("RGB")
    if exif:
        options["exif"] = exif.tobytes()
    picture.save(written, format_name, **options)
    return written.getvalue()


def upload(content, name="户口簿.jpg"):
    return SimpleUploadedFile(name, content)


def phone_exif():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "PHONE"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:02 09:30:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(XIEN)
    return exif


@pytest.mark.parametrize(
    ("content", "content_type", "extension"),
    [
        (photo("JPEG"), "image/jpeg", "jpg"),
        (photo("PNG"), "image/png", "png"),
        (photo("WEBP"), "image/webp", "webp"),
        (b"%PDF-1.7\n%%EOF", "application/pdf", "pdf"),
    ],
)
def test_it_goes_by_content_and_not_by_name(content, content_type, extension):
    checked = check_upload(upload(content, name="什么.exe"))
    assert (checked.content_type, checked.extension) == (content_type, extension)


def test_it_strips_where_and_by_what_a_photo_was_taken_but_keeps_which_way_is_up():
    checked = check_upload(upload(photo(exif=phone_exif(), comment=b"private")))
    kept = Image.open(io.BytesIO(checked.content))
    assert dict(kept.getexif()) == {ExifTags.Base.Orientation: 6}
    assert b"PHONE" not in checked.content
    assert b"private" not in checked.content
    assert checked.capture == {}


def test_it_keeps_time_and_place_beside_the_photo_where_a_visit_asks_for_them():
    checked = check_upload(upload(photo(exif=phone_exif())), keep_capture=True)
    assert checked.capture == {"taken_at": "2026-11-02T09:30:00", "lat": 27.36, "lon": 109.17}
    assert not Image.open(io.BytesIO(checked.content)).getexif().get_ifd(ExifTags.IFD.GPSInfo)


def test_it_takes_a_photo_whose_camera_clock_was_never_set():
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "0000:00:00 00:00:00"
    assert check_upload(upload(photo(exif=exif)), keep_capture=True).capture == {}


def test_it_refuses_a_50_mb_photo_and_says_how_to_make_it_smaller():
    with pytest.raises(UploadRefused, match=r"“大照片.jpg”有 52 MB，超过 10 MB 的上限.*压缩.*都还在"):
        check_upload(upload(b"\xff\xd8\xff" + bytes(52 * 1024 * 1024 - 3), name="大照片.jpg"))


def test_it_draws_the_size_line_at_the_last_byte(settings):
    content = photo()
    settings.MAX_UPLOAD_BYTES = len(content)
    assert check_upload(upload(content)).content_type == "image/jpeg"
    settings.MAX_UPLOAD_BYTES = len(content) - 1
    with pytest.raises(UploadRefused, match="上限"):
        check_upload(upload(content))


def test_it_refuses_an_image_bomb_before_opening_it():
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(UploadRefused, match="像素太大"):
        check_upload(upload(bomb))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "是空的"),
        (b"MZ\x90\x00 a program", "不是照片，也不是 PDF"),
        (b"<html><script>alert(1)</script></html>", "不是照片，也不是 PDF"),
        (b"GIF89a" + bytes(20), "不是照片，也不是 PDF"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "兼容性最佳"),
        (photo(size=(400, 300))[:4000], "没有传完整"),
    ],
)
def test_it_refuses_what_cannot_be_looked_at(content, says):
    with pytest.raises(UploadRefused, match=says):
        check_upload(upload(content))
