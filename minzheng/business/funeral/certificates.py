"""火化证明, 骨灰安放证, 遗体接收证明 (handbook 11.8)."""

from __future__ import annotations

import datetime as dt

from minzheng.business.funeral.models import Reception, Transport, Use
from minzheng.foundation.certificates.words import Certificate, Content
from minzheng.foundation.people.masking import mask_id_no

BY = "殡葬管理条例（国务院令第824号，2026年修订）"


def cremation_content(reception: Reception, on: dt.date) -> Content:
    person = reception.person
    rows = (
        ("逝者姓名", person.name),
        ("身份证件号", mask_id_no(person.id_no or "")),
        ("死亡日期", f"{reception.died_on:%Y年%-m月%-d日}"),
        ("火化日期", f"{reception.cremated_on:%Y年%-m月%-d日}"),
        ("火化编号", reception.cremation_no),
        ("殡仪馆", reception.home.name),
        ("领取人", f"{reception.family_name}（{reception.family_relation}）"),
    )
    return Content(
        person=person.pk,
        name=person.name,
        rows=rows,
        public=("火化日期", "火化编号", "殡仪馆"),
    )


def ashes_content(use: Use, on: dt.date) -> Content:
    rows = (
        ("安放人", use.person.name),
        ("安放设施", use.spot.place.facility.name),
        ("位置", f"{use.spot}（{use.spot.get_kind_display()}）"),
        ("起用日期", f"{use.since:%Y年%-m月%-d日}"),
        ("使用期限", f"{use.until:%Y年%-m月%-d日}"),
        ("经办家属", use.family_name),
    )
    return Content(
        person=use.person_id,
        name=use.person.name,
        rows=rows,
        public=("安放设施", "位置", "使用期限"),
        valid_until=use.until,
        note="期满前可以续用，每个使用周期不超过二十年。",
    )


def transport_content(transport: Transport, on: dt.date) -> Content:
    rows = (
        ("逝者姓名", transport.person_name),
        ("运出地", transport.from_place),
        ("接收地", transport.region.full_name),
        ("接收的殡仪馆", transport.to_home.name),
        ("死亡证明编号", transport.certificate_no),
    )
    return Content(
        person=transport.person_id,
        name=transport.person_name,
        rows=rows,
        public=("运出地", "接收地", "接收的殡仪馆"),
    )


CREMATION = Certificate(
    code="cremation",
    title="火化证明",
    mark="火化",
    content=cremation_content,
    cite=BY,
    type_no="031",
    holder_is="逝者",
    statement="下列逝者的遗体已经火化，特此证明。",
    covers=("S-154",),
)
ASHES = Certificate(
    code="ashes_place",
    title="骨灰安放证",
    mark="安放",
    content=ashes_content,
    cite=BY,
    type_no="032",
    holder_is="逝者",
    statement="下列骨灰在公益性安葬（放）设施安葬（放），使用期限如下。",
    covers=("S-151",),
)
TRANSPORT = Certificate(
    code="body_transport",
    title="遗体异地运输接收证明",
    mark="遗接",
    content=transport_content,
    cite=BY,
    type_no="033",
    holder_is="逝者",
    statement="同意接收下列遗体。请殡仪馆的专用车辆承运，途中备查。",
)
