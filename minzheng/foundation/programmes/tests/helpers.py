"""A photo, and a unit to work on."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.programmes.models import Undertaking
from minzheng.foundation.programmes.planning import UnitDraft, plan_units
from minzheng.foundation.regions.models import Region


@cache
def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(made, "JPEG")
    return made.getvalue()


def photo(user: Any) -> int:
    """The key of a document that the user has just taken."""
    file = SimpleUploadedFile("现场.jpg", picture(), "image/jpeg")
    return store_document(file, kind="photos", user=user, region_id=VILLAGE).pk


def one_unit(access: Any, programme: str, year: int, name: str = "晃州镇敬老院", **more: Any) -> Undertaking:
    county = Region.objects.get(code="431227000000")
    draft = UnitDraft(f"item:{name}", name, VILLAGE, more.pop("due_on", dt.date(year, 12, 31)), **more)
    plan_units(access, county, programme=programme, year=year, units=[draft])
    return Undertaking.objects.get(programme=programme, year=year, unit_key=draft.key)
