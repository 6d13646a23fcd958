"""Registers of the people in homes: who lives there, who works there."""

from __future__ import annotations

import datetime as dt

from minzheng.business.elderly.institutions.circle import reached_elders
from minzheng.business.elderly.institutions.models import Resident, Staff
from minzheng.business.elderly.institutions.register_columns import (
    HOME_COLUMN,
    OF_HOME,
    PLACE,
    PLACE_FILTER,
    people_of,
)
from minzheng.foundation.people.models import Person
from minzheng.foundation.registers import Column, Filter, Register, Search

RESIDENTS = Register(
    code="elder-home-residents",
    title="养老机构入住老人",
    model=Resident,
    region=OF_HOME,
    icon="old",
    unit="人",
    persons=people_of,
    columns=(
        Column("name", "姓名", "name", "person__name"),
        Column("id_no", "身份证号", "id_no", "person__id_no"),
        HOME_COLUMN,
        PLACE,
        Column("admitted_on", "入住日期", "date", sortable=True),
        Column("contract_until", "合同到期日", "date", sortable=True),
        Column("is_tekun", "特困供养", "yes_no"),
        Column("left_on", "离院日期", "date"),
        Column("leaving", "离院原因", shown=False),
        Column("emergency_name", "紧急联系人", shown=False),
        Column("emergency_phone", "紧急联系电话", "phone", shown=False),
    ),
    filters=(
        PLACE_FILTER,
        Filter("here", "在院", "yes_no", "left_on__isnull"),
        Filter("tekun", "特困供养", "yes_no", "is_tekun"),
        Filter("contract", "合同到期日", "dates", "contract_until"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
)

STAFF = Register(
    code="elder-home-staff",
    title="养老机构工作人员",
    model=Staff,
    region=OF_HOME,
    icon="users",
    unit="人",
    columns=(
        Column("name", "姓名", "name"),
        Column("id_no", "身份证号", "id_no"),
        HOME_COLUMN,
        PLACE,
        Column("role", "岗位", "choice"),
        Column("certificate_no", "职业资格证书号"),
        Column("since", "到岗日期", "date", sortable=True),
        Column("until", "离岗日期", "date"),
    ),
    filters=(
        PLACE_FILTER,
        Filter("role", "岗位", "choice", options=tuple(Staff.Role.choices)),
        Filter("here", "在岗", "yes_no", "until__isnull"),
    ),
    search=(Search("name"), Search("id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
)

CIRCLE = Register(
    code="elder-circle",
    title="15分钟助老圈内的老年人",
    model=Person,
    rows=lambda: reached_elders(dt.date.today()),
    icon="map-pin",
    unit="人",
    read="person.read",
    persons=lambda rows: [one.pk for one in rows],
    help="住处所在村（社区）的驻地到最近一处养老服务设施，按当地标准在15分钟以内。",
    columns=(
        Column("name", "姓名", "name"),
        Column("birth_date", "出生日期", "birth_date"),
        Column("region", "居住地", "region"),
    ),
    filters=(Filter("region", "居住地", "region", "region_id"),),
    search=(Search("name"),),
    search_hint="姓名（从姓开始）",
)
