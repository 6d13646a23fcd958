"""The catalogue, the pieces on the shelves, and who has one."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from minzheng.business.disability.aids.lending import back_on_shelf, extend, lend, stock, take_back
from minzheng.business.disability.aids.models import Aid, AidDevice, AidLoan, Class, DeviceState, Way
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.forms.questions import when
from minzheng.foundation.people.named import SEARCH, SEARCH_HINT, WHERE, WHO, people_of
from minzheng.foundation.registers import Column, Filter, Register, Related, RowAction, Search

AID = (
    Column("code", "编号", "code"),
    Column("title", "名称"),
    Column("kind", "类别", "choice"),
    Column("rent_fen", "月租金", "money"),
    Column("deposit_fen", "押金", "money"),
)


def pieces_of(aid: Aid, on: dt.date) -> QuerySet[AidDevice]:
    return aid.devices.exclude(state=DeviceState.GONE).order_by("serial")


AIDS = Register(
    code="aids",
    title="辅具目录",
    covers=("S-139",),
    model=Aid,
    icon="wheelchair",
    unit="种",
    help="本县可以租、可以配的辅具，租金和押金由县里定；每一件在“登记辅具”里入库。",
    columns=(*AID, Column("region", "所在县", "region", shown=False), Column("until", "停用", "date", shown=False)),
    filters=(WHERE, Filter("kind", "类别", "choice", options=tuple(Class.choices))),
    search=(Search("title", "contains"), Search("code", "code")),
    search_hint="名称或编号",
    form=Form(
        (
            Section(
                "aid",
                "辅具",
                (
                    Question("region", "所在县（市、区）", "region", level=3),
                    Question("code", "目录编号", hint="可用 GB/T 16432 的分类代码。", max=20),
                    Question("title", "名称", max=60),
                    Question("kind", "类别", "choice", options=tuple(Class.choices)),
                    Question("rent_fen", "月租金", "money", min=0),
                    Question("deposit_fen", "押金", "money", min=0),
                    Question("until", "停用日期", "date", required=False),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "stock", "登记辅具", stock, "register.write", "入库一件，放在一个站点的货架上。",
            questions=(
                Question("serial", "编号（标签）", max=40),
                Question("station", "租赁站点全称", hint="照设施台账的名称写。", max=100),
            ),
            is_open=lambda aid: aid.until is None, bulk=False,
        ),
    ),
    details=(
        Related(
            "在册的",
            (Column("serial", "编号"), Column("station", "站点", path="station__name"), Column("state", "状态", "choice")),
            pieces_of, register="aid-devices", empty="还没有入库",
        ),
    ),
)  # fmt: skip
FITTING = (
    Question("id_no", "使用人身份证号", "id_no"),
    Question("way", "方式", "choice", options=tuple(Way.choices)),
    Question("need", "功能障碍和需求", "long_text", max=200),
    Question("fitted_on", "适配日期", "date", tense="past"),
    Question("fitted_by", "适配人员（机构）", max=60),
    Question("months", "租几个月", "number", min=1, max=36, unit="个月", show_if=when("way", Way.RENT.value)),
    Question("deposit_no", "押金收据号", max=40, required=False, show_if=when("way", Way.RENT.value)),
)
DEVICES = Register(
    code="aid-devices",
    title="辅具库存",
    covers=("S-139",),
    model=AidDevice,
    icon="tools",
    unit="件",
    columns=(
        Column("serial", "编号", "code"),
        Column("aid", "辅具", path="aid__title"),
        Column("station", "站点", path="station__name"),
        Column("state", "状态", "badge", tones={"free": "ok", "lent": "info", "repair": "warn", "gone": "neutral"}),
        Column("region", "所在地", "region", shown=False),
        Column("rent_fen", "月租金", "money", "aid__rent_fen"),
        Column("deposit_fen", "押金", "money", "aid__deposit_fen"),
    ),
    filters=(WHERE, Filter("state", "状态", "choice", options=tuple(DeviceState.choices))),
    search=(Search("serial", "code"), Search("aid__title", "contains")),
    search_hint="编号或辅具名称",
    actions=(
        RowAction(
            "lend", "适配并租出", lend, "register.write", "登记适配和押金；符合条件的自动享受租金补贴。",
            questions=FITTING, is_open=lambda one: one.state == DeviceState.FREE, bulk=False,
        ),
        RowAction(
            "shelf", "回到货架", back_on_shelf, "register.write", "维修、消毒已经做好。",
            is_open=lambda one: one.state == DeviceState.REPAIR,
        ),
    ),
)  # fmt: skip
BACK = tuple((one.value, one.label) for one in (DeviceState.FREE, DeviceState.REPAIR, DeviceState.GONE))
LOANS = Register(
    code="aid-loans",
    title="辅具配置和租赁",
    covers=("S-139",),
    model=AidLoan,
    icon="wheelchair",
    unit="件",
    help="谁在用哪一件；到期未还的自动派人催还。押金退了才能办结。租金补贴在“服务结算”里按月付给站点。",
    persons=people_of,
    columns=(
        *WHO,
        Column("device", "辅具", path="device__aid__title"),
        Column("serial", "编号", "code", "device__serial"),
        Column("way", "方式", "choice"),
        Column("since", "领用", "date", sortable=True),
        Column("due_on", "应还", "date"),
        Column("subsidised", "租金补贴", "yes_no"),
        Column("returned_on", "归还", "date"),
        Column("deposit_fen", "押金", "money", shown=False),
        Column("deposit_no", "押金收据", shown=False),
        Column("withheld_fen", "扣除押金", "money", shown=False),
        Column("withheld_for", "扣除原因", shown=False),
        Column("refund_no", "退押金收据", shown=False),
        Column("need", "功能障碍和需求", shown=False),
        Column("fitted_by", "适配人员", shown=False),
        Column("fitted_on", "适配日期", "date", shown=False),
    ),
    filters=(
        WHERE,
        Filter("way", "方式", "choice", options=tuple(Way.choices)),
        Filter("out", "还没有归还", "yes_no", "returned_on__isnull"),
        Filter("due", "应还日期", "dates", "due_on"),
    ),
    search=SEARCH,
    search_hint=SEARCH_HINT,
    actions=(
        RowAction(
            "back", "归还并退押金", take_back, "register.write", "辅具回到货架，押金退给本人；扣除的要写原因。",
            questions=(
                Question("returned_on", "归还日期", "date", tense="past"),
                Question("condition", "辅具情况", "choice", options=BACK),
                Question("withheld_fen", "扣除押金", "money", required=False, min=0),
                Question("withheld_for", "扣除原因", max=120, required=False),
                Question("refund_no", "退押金收据号", max=40, required=False),
            ),
            is_open=lambda one: one.returned_on is None, bulk=False, fresh=True,
        ),
        RowAction(
            "extend", "续租", extend, "register.write", "应还日期往后推；是否补贴租金重新核对。",
            questions=(Question("months", "再租几个月", "number", min=1, max=36, unit="个月"),),
            is_open=lambda one: one.returned_on is None and one.due_on is not None,
        ),
    ),
)  # fmt: skip
