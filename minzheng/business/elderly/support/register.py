"""Vouchers by month, with what is left of each."""

from minzheng.business.elderly.homecare.register import SEARCH, WHO, people_of
from minzheng.business.elderly.support.models import Voucher
from minzheng.foundation.registers import Block, Column, Filter, Register, Related

BALANCE = (
    *WHO,
    Column("month", "月份", "month", sortable=True),
    Column("amount_fen", "面额", "money"),
    Column("spent_fen", "已用", "money"),
    Column("left", "余额", "money", read=lambda one: one.amount_fen - one.spent_fen),
    Column("expires_on", "有效期至", "date"),
)
VOUCHERS = Register(
    code="elder-vouchers",
    title="养老服务券",
    covers=("S-079",),
    model=Voucher,
    icon="ticket",
    unit="张",
    help="每月自动发放，通过服务工单抵扣，到期作废。",
    name=lambda one: f"{one.person.name} {one.month:%Y年%m月}的服务券",
    persons=people_of,
    columns=BALANCE,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("month", "月份", "dates", "month"),
        Filter("spent", "已用", "money", "spent_fen"),
    ),
    search=SEARCH,
    search_hint="姓名（从姓开始）或完整身份证号",
    details=(
        Block("服务券", BALANCE),
        Related(
            "用在哪里",
            (
                Column("kind", "服务", read=lambda one: one.order.declared.title),
                Column("fen", "抵扣", "money"),
                Column("asked_at", "下单", "moment", "order__asked_at"),
            ),
            lambda one, on: one.uses.select_related("order").order_by("-id"),
        ),
    ),
)
