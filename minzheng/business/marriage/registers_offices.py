"""登记机关 and 登记员: who may register marriages, and where."""

from __future__ import annotations

from minzheng.business.marriage.models import Registrar, Registry
from minzheng.business.marriage.offices import appoint, close_office, dismiss
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Column, Register, RowAction, Search

REGISTRIES = Register(
    code="marriage_registries",
    title="婚姻登记机关",
    model=Registry,
    icon="building-bank",
    unit="个",
    help="县级民政部门的登记处和确定的乡镇。涉外、涉港澳台侨由省级确定的机关办理。",
    read="marriage.offices",
    write="marriage.office",
    export="marriage.offices",
    columns=(
        Column("name", "名称", "name"),
        Column("region", "辖区", "region"),
        Column("code", "编号用区划代码", "code"),
        Column("address", "地址"),
        Column("phone", "电话"),
        Column("is_foreign", "涉外、涉港澳台侨", "yes_no"),
        Column("closed_on", "撤销日期", "date", shown=False),
    ),
    search=(Search("name"),),
    search_hint="名称（从第一个字开始）",
    form=Form(
        (
            Section(
                "office",
                "登记机关",
                (
                    Question("name", "名称", max=60),
                    Question("region", "所在县（市、区）", "region", level=3),
                    Question("code", "编号用区划代码", min=6, max=6, hint="所在县区划代码的前6位。"),
                    Question("address", "地址", max=120),
                    Question("phone", "电话", required=False, max=20),
                    Question("is_foreign", "办理涉外、涉港澳台侨登记", "yes_no"),
                    Question(
                        "designated_by",
                        "省级确定文件",
                        required=False,
                        max=100,
                        hint="办理涉外、涉港澳台侨登记的填写。",
                    ),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "appoint",
            "任命登记员",
            appoint,
            "marriage.office",
            "从任命之日起可以办理登记。账号须先有本辖区的“登记员”任职。",
            questions=(
                Question("username", "登记员的账号", max=60),
                Question("certificate_no", "婚姻登记员证编号", max=30),
                Question("since", "任命日期", "date"),
            ),
            is_open=lambda one: one.closed_on is None,
            bulk=False,
        ),
        RowAction(
            "close",
            "撤销",
            close_office,
            "marriage.office",
            "从撤销之日起不能再办理登记，登记员同时免去；档案保留。",
            questions=(Question("closed_on", "撤销日期", "date"),),
            is_open=lambda one: one.closed_on is None,
            danger=True,
            bulk=False,
        ),
    ),
)
REGISTRARS = Register(
    code="registrars",
    title="婚姻登记员",
    model=Registrar,
    rows=lambda: Registrar.objects.select_related("registry", "user"),
    icon="user-check",
    unit="人",
    help="经培训考核、持婚姻登记员证的人员。没有任职的，系统不让办理登记。",
    read="marriage.offices",
    write="marriage.office",
    export="marriage.offices",
    columns=(
        Column("user", "姓名", read=lambda one: str(one.user)),
        Column("registry", "登记机关", read=lambda one: one.registry.name),
        Column("certificate_no", "登记员证编号", "code"),
        Column("since", "起", "date"),
        Column("until", "止", "date"),
    ),
    search=(Search("certificate_no", "code"),),
    search_hint="登记员证编号",
    actions=(
        RowAction(
            "dismiss",
            "免去",
            dismiss,
            "marriage.office",
            "从这一天起不能再办理登记，以前办理的不受影响。",
            questions=(Question("until", "免去日期（从这一天起）", "date"),),
            is_open=lambda one: one.until is None,
            danger=True,
            bulk=False,
        ),
    ),
)
