"""Realistic, invented data for the gallery: every component in every state it can have."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from minzheng.online.ui.forms import PlainForm

LAYOUTS = {"desk": "工作台", "portal": "服务大厅", "print": "文书"}
NOW = dt.datetime(2026, 11, 21, 9, 30)


class SampleForm(PlainForm):
    """One field of each kind."""

    name = forms.CharField(label="姓名", help_text="与身份证上的一致。")
    id_number = forms.CharField(label="身份证号", help_text="18位，最后一位可以是X。")
    income = forms.DecimalField(
        label="每月工资收入", help_text="全家人税前收入的合计；没有就填0。", min_value=0
    )
    since = forms.DateField(
        label="从哪天开始没有工作", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), required=False
    )
    kind = forms.ChoiceField(
        label="申请人现在住在哪里",
        widget=forms.RadioSelect,
        choices=[("home", "自己家"), ("rent", "租的房子"), ("care", "养老机构或医院")],
    )
    hardships = forms.MultipleChoiceField(
        label="家里有哪些困难",
        help_text="可以选几项。",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("ill", "有人患重病"), ("disabled", "有重度残疾人"), ("school", "有孩子上学")],
    )
    relation = forms.ChoiceField(
        label="与申请人的关系", choices=[("", "请选择"), ("spouse", "配偶"), ("child", "子女")]
    )
    note = forms.CharField(label="还有什么要说明的", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    photo = forms.FileField(
        label="户口簿照片", help_text="手机拍的照片就可以，每张不超过 10 MB。", required=False
    )
    agree = forms.BooleanField(label="我授权民政部门核对我的家庭经济状况")


@dataclass(frozen=True)
class Recipient:
    name: str
    number: str
    village: str
    size: int
    fen: int
    state: str
    tone: str
    remaining: int | None


RECIPIENTS = [
    Recipient("杨秀英", "431227194903120028", "晃洲镇新村", 2, 126_000, "待公示", "info", 6),
    Recipient("吴明", "431227196807055139", "波洲镇炉冲村", 1, 63_000, "待入户", "warn", 1),
    Recipient("姚德福", "431227195512300613", "晃洲镇新村", 4, 189_050, "待确认", "bad", -2),
    Recipient("蒲玉兰", "431227197210101227", "晃洲镇新村", 3, 0, "不予确认", "neutral", None),
]

NAVIGATION = [
    {
        "title": "我的工作",
        "is_open": True,
        "items": [
            {"title": "待办", "url": "#", "icon": "inbox", "count": 12, "current": True},
            {"title": "已办", "url": "#", "icon": "circle-check"},
            {"title": "督办", "url": "#", "icon": "flag", "count": 2},
        ],
    },
    {
        "title": "社会救助",
        "items": [
            {"title": "最低生活保障", "url": "#", "icon": "home-heart"},
            {"title": "救助对象台账", "url": "#", "icon": "users"},
            {"title": "资金发放", "url": "#", "icon": "coins"},
        ],
    },
]

STEPS = [
    {"title": "申请", "state": "done", "note": "11月3日"},
    {"title": "受理", "state": "done", "note": "11月5日"},
    {"title": "入户调查", "state": "done", "note": "11月10日"},
    {"title": "公示", "state": "now", "note": "7天"},
    {"title": "确认", "state": "next"},
    {"title": "发放", "state": "next"},
]

TIMELINE = [
    {
        "title": "开始公示",
        "when": NOW,
        "who": "石敏（晃洲镇经办人）",
        "text": "张贴于新村村务公开栏。",
        "tone": "info",
    },
    {"title": "入户调查完成", "when": NOW - dt.timedelta(days=8), "who": "石敏、龙军", "tone": "ok"},
    {
        "title": "一次性补正",
        "when": NOW - dt.timedelta(days=13),
        "who": "石敏",
        "text": "缺少配偶的授权书。",
        "tone": "warn",
    },
    {"title": "提交申请", "when": NOW - dt.timedelta(days=18), "who": "杨秀英（手机）"},
]

DETAILS = [
    ("申请人", "杨秀英"), ("身份证号", "431227********0028"), ("家庭人口", "2人"), ("家庭月收入", "400.00元"), ("联系电话", ""),
]  # fmt: skip

ANSWERS = [
    ("申请人姓名", "杨秀英", "#"), ("共同生活的家庭成员", "2人：杨秀英、吴小军", "#"), ("每月工资收入", "400.00元", "#"), ("银行账户", None, "#"),
]  # fmt: skip

TOWNSHIPS = [
    ("晃洲镇", 812),
    ("波洲镇", 367),
    ("兴隆镇", 298),
    ("鱼市镇", 254),
    ("中寨镇", 201),
    ("林冲镇", 176),
]


def _square(column: int, row: int) -> dict[str, Any]:
    west, south = 109.0 + column * 0.2, 27.2 + row * 0.15
    corners = [(0, 0), (0.19, 0.01), (0.2, 0.14), (0.01, 0.15), (0, 0)]
    return {"type": "Polygon", "coordinates": [[[west + x, south + y] for x, y in corners]]}


MAP = [
    {"name": name, "value": None if value < 180 else value, "url": "#", "geometry": _square(i % 3, i // 3)}
    for i, (name, value) in enumerate(TOWNSHIPS)
]


def context(request: HttpRequest) -> dict[str, Any]:
    errors = {"name": "", "id_number": "431227194903120029", "income": "-3", "kind": "home"}
    return {
        "layouts": LAYOUTS,
        "nav_groups": NAVIGATION,
        "trail": [("首页", "/"), ("社会救助", "#"), ("组件样例", "")],
        "back_url": "#",
        "form": SampleForm(prefix="blank"),
        "bad_form": SampleForm(errors, prefix="") if "plain" not in request.GET else None,
        "recipients": RECIPIENTS,
        "page": Paginator(range(12_345), 20).get_page(request.GET.get("page", 7)),
        "steps": STEPS,
        "timeline": TIMELINE,
        "details": DETAILS,
        "answers": ANSWERS,
        "tabs": [
            {"title": "待办", "url": "#", "count": 12, "current": True},
            {"title": "已办", "url": "#", "count": 340},
            {"title": "督办", "url": "#", "count": 0},
        ],
        "townships": TOWNSHIPS,
        "map": MAP,
        "shares": [("因病", 412), ("因残", 306), ("缺劳力", 221), ("因学", 98), ("其他", 64)],
        "months": [f"{m}月" for m in range(1, 13)],
        "trend": [
            ("城市", [820, 812, 805, 811, 798, 790, 785, 788, 776, 770, 765, 760]),
            ("农村", [4120, 4135, 4102, 4090, 4095, 4060, 4044, 4021, 4010, 3998, 4003, 3990]),
        ],
        "spark": [4120, 4135, 4102, 4090, 4060, 4021, 3990],
    }
