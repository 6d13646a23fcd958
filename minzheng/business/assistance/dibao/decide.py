"""Deciding: publicity, objections, confirmation, telling the family (民发〔2021〕57号; 社会救助法 第四十五条)."""

from dataclasses import replace

from minzheng.business.assistance.dibao.roles import (
    CLERK,
    COUNTY,
    HANDLED,
    HELPER,
    OPINION,
    REVIEWER,
)
from minzheng.business.assistance.dibao.survey import ASK_CHECK, COUNTY_VISIT, DATA_CHECK, SEND_BACK
from minzheng.foundation.forms import Question
from minzheng.foundation.items import Move, Office, Status, Step
from minzheng.foundation.items.usual import WITHDRAW, refuse

PUBLICITY = Step(
    key="publicity",
    title="公示",
    status=Status.PUBLICITY,
    roles=(HELPER, CLERK),
    office=Office.VILLAGE,
    moves=(
        Move(
            key="post",
            title="张贴公示",
            record=(
                Question("place", "张贴地点", "text"),
                Question("photo", "张贴照片", "files", keep_capture=True),
            ),
            guards=("not_posted_yet",),
            marks=("posted",),
            notices=("publicity",),
        ),
        Move(
            key="object",
            title="登记异议",
            to="objection",
            record=(
                Question("content", "异议内容", "long_text", max=500),
                Question(
                    "raised_by", "提出人", "text", required=False, hint="可以匿名；不会告诉申请人。", max=60
                ),
            ),
            marks=("objected",),
        ),
        Move(
            key="close",
            title="公示无异议，报审核确认",
            to="confirm_county",
            routes=(("delegated", "confirm_township"),),
            guards=("publicity_over", "no_open_objection"),
            marks=("publicised", "received"),
        ),
        WITHDRAW,
    ),
    waits="结果正在村（社区）公示7天。",
)
HEARING_RECORD = (
    Question("method", "处理方式", "choice", options=(("resurvey", "重新调查核实"), ("meeting", "民主评议"))),
    Question("finding", "处理结果", "long_text", max=500),
)
OBJECTION = Step(
    key="objection",
    title="异议处理",
    status=Status.PUBLICITY,
    roles=(CLERK, REVIEWER),
    moves=(
        Move(
            key="dismiss",
            title="异议不成立，继续公示",
            to="publicity",
            record=HEARING_RECORD,
            marks=("objection_dismissed",),
        ),
        Move(
            key="uphold",
            title="异议成立，重新调查",
            to="survey",
            record=HEARING_RECORD,
            marks=("objection_upheld", "returned"),
        ),
    ),
    waits="公示期间有人提出异议，乡镇（街道）正在核实。",
)


def confirmation(key: str, title: str, office: Office, role: str) -> Step:
    """审核确认, at the county or, where it is delegated, in the township. Never by one who handled the case."""
    return Step(
        key=key,
        title=title,
        status=Status.DECIDING,
        roles=(role,),
        office=office,
        moves=(
            Move(
                key="grant",
                title="予以确认",
                to="active",
                record=(OPINION,),
                guards=("eligible", "county_visited", "no_open_objection", "check_in_force", "as_posted"),
                four_eyes_with=HANDLED,
                marks=("granted",),
                notices=("granted",),
                careful=True,
            ),
            refuse(HANDLED, guards=("ineligible", "county_visited", "check_in_force")),
            ASK_CHECK,
            replace(DATA_CHECK, marks=("checked", "assessed")),
            COUNTY_VISIT,
            Move(
                key="complain",
                title="登记投诉举报",
                roles=(CLERK, COUNTY),
                record=(Question("content", "投诉举报内容", "long_text"),),
                marks=("complained",),
            ),
            SEND_BACK,
            WITHDRAW,
        ),
        waits="正在审核确认。",
    )
