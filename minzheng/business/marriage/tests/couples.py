"""A registry, a couple, and the counter they stand at."""

from __future__ import annotations

import datetime as dt
import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from minzheng.business.marriage.actions import register_marriage
from minzheng.business.marriage.divorce import Appearance, accept_divorce
from minzheng.business.marriage.models import Divorce, Registrar, Registration, Registry
from minzheng.business.marriage.review import Asked
from minzheng.foundation.certificates.models import Issuer
from minzheng.foundation.documents.models import Document
from minzheng.foundation.people.id_numbers import check_character
from minzheng.foundation.people.models import Person

COUNTY, VILLAGE = "431227000000", "431227107203"
ALL_SAID = {
    "will": "双方自愿离婚",
    "children": "儿子由女方抚养",
    "property": "房子归男方",
    "debts": "没有债务",
}
BOTH = Appearance(True, True, True, True, True)


def number_of(born: dt.date, sequence: int) -> str:
    first = f"431227{born:%Y%m%d}{sequence:03d}"
    return first + check_character(first)


def person(name: str, born: str, sequence: int, region: str = VILLAGE) -> Person:
    """An odd sequence is a man's (GB 11643)."""
    day = dt.date.fromisoformat(born)
    return Person.objects.create(
        name=name, id_no=number_of(day, sequence), sex="1" if sequence % 2 else "2", birth_date=day,
        region_id=region, hukou_region_id=region,
    )  # fmt: skip


def registry(cast, code: str = "431227", officers=("registrar", "registrar2"), **more) -> Registry:
    """Open, with qualified registrars and an issuer behind it."""
    made = Registry.objects.create(
        region_id=f"{code}000000", name=f"{code}婚姻登记处", code=code, address="人民路1号", **more
    )
    for login in officers:
        Registrar.objects.create(
            registry=made,
            region_id=made.region_id,
            user=cast[login],
            certificate_no=f"HN{login}",
            since=dt.date(2020, 1, 1),
        )
    Issuer.objects.get_or_create(
        region_id=COUNTY,
        defaults={"name": "新晃侗族自治县民政局", "short_name": "新晃", "uscc": "11431227006686790W"},
    )
    return made


def photo(user) -> Document:
    held = io.BytesIO()
    Image.new("RGB", (53, 35), (170, 30, 35)).save(held, "JPEG")
    return Document.objects.create(
        file=default_storage.save("photo.jpg", ContentFile(held.getvalue())), name="合影.jpg", kind="photo",
        content_type="image/jpeg", size=len(held.getvalue()), sha256="0" * 64, uploaded_by=user,
    )  # fmt: skip


def asked(man: Person, woman: Person, **more) -> Asked:
    """Everything asked and in order, unless said otherwise."""
    fine = {
        "both_present": True,
        "near_kin": False,
        "willing": {man.pk: True, woman.pk: True},
        "spouse_elsewhere": {man.pk: False, woman.pk: False},
    }
    return Asked(**fine | more)


def marry(access, at: Registry, man: Person, woman: Person, **more) -> Registration:
    second = more.pop("second", None)
    row = Registration(
        registry=at, region_id=at.region_id, man=man, woman=woman, man_prior=more.pop("man_prior", "single"),
        woman_prior=more.pop("woman_prior", "single"), photo=photo(access.user),
        man_nationality=more.pop("man_nationality", "中国"),
    )  # fmt: skip
    return register_marriage(access, row, asked(man, woman, **more), second=second)


def apply_for_divorce(access, wedding: Registration, **more) -> Divorce:
    divorce = Divorce(
        marriage=wedding.marriage, registry=more.pop("registry", wedding.registry), region_id=wedding.region_id,
        man=wedding.man, woman=wedding.woman,
    )  # fmt: skip
    return accept_divorce(access, divorce, more.pop("seen", BOTH), more.pop("agreement", ALL_SAID), **more)
