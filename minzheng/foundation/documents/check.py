"""Judging an upload by its content, never by its name; every refusal says what to do."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from PIL import ExifTags, Image, UnidentifiedImageError

from minzheng.foundation.documents.papers import problem_of
from minzheng.foundation.documents.scanner import problem_in

MAX_PIXELS = 64_000_000  # 8000 × 8000; beyond it a small file can fill the memory when it is opened
MAX_BYTES_OPEN = (
    160_000_000  # what those pixels take in memory: fewer of them where each has more channels or bits
)
DEPTHS = {"I": 4, "F": 4, "I;16": 2}
FORMATS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}
KINDS_HINT = "请上传手机拍的照片（JPG、PNG）或 PDF 文件。"


class UploadRefused(ValueError):
    """This file cannot be taken; the text says why and what to do."""


@dataclass(frozen=True)
class Checked:
    """What will be stored. `capture`: the photo's own time (ISO) and place (degrees), where it was asked for."""

    content: bytes
    content_type: str
    extension: str
    capture: dict[str, Any] = field(default_factory=dict)


def check_upload(upload: UploadedFile, *, keep_capture: bool = False) -> Checked:
    """Size, real type, dimensions; metadata is stripped (a photo tells where people live). Raises UploadRefused."""
    _check_size(upload)
    content = upload.read()
    if problem := problem_in(content):
        raise UploadRefused(problem)
    if content.startswith(b"%PDF-"):
        if problem := problem_of(content):
            raise UploadRefused(problem)
        return Checked(content, "application/pdf", "pdf")
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise UploadRefused(
            "这是 HEIC 格式的照片，有的电脑打不开。请在手机“设置→相机→格式”里选“兼容性最佳”后重拍，或截屏后上传截图。"
        )
    return _check_picture(content, keep_capture)


def _check_size(upload: UploadedFile) -> None:
    size, limit = upload.size or 0, settings.MAX_UPLOAD_BYTES
    if size == 0:
        raise UploadRefused("这个文件是空的，请重新选择文件。")
    if size > limit:
        raise UploadRefused(
            f"“{upload.name}”有 {_megabytes(size)} MB，超过 {_megabytes(limit)} MB 的上限。"
            "照片请用手机相册的“压缩”或截屏变小后再传；PDF 请分成几个文件。您填写的其他内容都还在。"
        )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def _check_picture(content: bytes, keep_capture: bool) -> Checked:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged below, by our own limit
            picture = Image.open(io.BytesIO(content), formats=list(FORMATS))
    except Image.DecompressionBombError:
        raise UploadRefused(_too_many_pixels()) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise UploadRefused(f"这个文件不是照片，也不是 PDF。{KINDS_HINT}") from None
    pixels = picture.width * picture.height
    depth = DEPTHS.get(picture.mode, len(picture.getbands()))
    if pixels > MAX_PIXELS or pixels * depth > MAX_BYTES_OPEN:
        raise UploadRefused(_too_many_pixels())
    try:
        picture.load()
    except (OSError, ValueError, SyntaxError):
        raise UploadRefused("照片没有传完整，或者已经损坏。请重新拍一张，或换个网络好的地方再传。") from None
    format_name = "JPEG" if picture.format == "MPO" else str(picture.format)
    content_type, extension = FORMATS[format_name]
    capture = _capture_of(picture) if keep_capture else {}
    return Checked(_without_metadata(picture, format_name), content_type, extension, capture)


def _too_many_pixels() -> str:
    return "照片的像素太大，打不开。请在相机里选小一些的照片尺寸重拍，或上传截图。"


def _without_metadata(picture: Image.Image, format_name: str) -> bytes:
    """The same picture; only which way is up is kept, for without it the photo lies on its side."""
    exif = Image.Exif()
    if orientation := picture.getexif().get(ExifTags.Base.Orientation):
        exif[ExifTags.Base.Orientation] = orientation
    picture.info.pop("comment", None)
    options: dict[str, Any] = {"exif": exif.tobytes()} if orientation else {}
    if format_name == "JPEG":
        options["quality"] = "keep" if picture.format == "JPEG" else 92
    written = io.BytesIO()
    picture.save(written, format_name, **options)
    return written.getvalue()


def _capture_of(picture: Image.Image) -> dict[str, Any]:
    """{"taken_at": "2026-11-02T09:30:00", "lat": 27.36, "lon": 109.17}, as far as the photo says so."""
    exif = picture.getexif()
    capture: dict[str, Any] = {}
    taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    if isinstance(taken, str):
        with suppress(
            ValueError
        ):  # a camera whose clock was never set writes zeros: then the photo does not say
            capture["taken_at"] = dt.datetime.strptime(taken.strip("\x00 "), "%Y:%m:%d %H:%M:%S").isoformat()
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    lat = _degrees(place.get(ExifTags.GPS.GPSLatitude), place.get(ExifTags.GPS.GPSLatitudeRef) == "S")
    lon = _degrees(place.get(ExifTags.GPS.GPSLongitude), place.get(ExifTags.GPS.GPSLongitudeRef) == "W")
    if lat is not None and lon is not None:
        capture |= {"lat": lat, "lon": lon}
    return capture


def _degrees(parts: Any, is_negative: bool) -> float | None:
    """Degrees, minutes, seconds as EXIF rationals → signed degrees, six decimals (a decimetre)."""
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    return round(-value if is_negative else value, 6) if value == value else None
