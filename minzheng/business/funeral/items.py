"""Service items of funerals (handbook 11.4): two are finished at the counter, two decided for a family, two filed for an organisation."""

from minzheng.business.funeral import forms
from minzheng.business.funeral.facilities import VILLAGE_CEMETERY
from minzheng.foundation.calendar import Unit
from minzheng.foundation.forms import Question
from minzheng.foundation.items import SYSTEM, Material, NoticeKind, ServiceItem
from minzheng.foundation.items.usual import (
    APPROVER,
    COUNTY,
    at_the_counter,
    filing,
    filing_clock,
    filing_notices,
)

BY = "殡葬管理条例（国务院令第824号，2026年修订）"
BY_WAIVER = "民发〔2012〕211号；各地规定"
BY_ECO = "民发〔2016〕21号；各地规定"
AT_COUNTER = (COUNTY, APPROVER, SYSTEM)
DONE = (Question("note", "办理情况", "text", min=2, max=200),)


def _not_accepted(mark: str, cite: str) -> tuple[NoticeKind, ...]:
    shows = ("applicant", "item", "number", "date", "place", "reasons")
    return (NoticeKind(key="not_accepted", title="不予受理通知书", mark=mark, cite=cite, shows=shows),)


F1 = ServiceItem(
    code="F1",
    covers=("S-150",),
    title="殡葬基本服务费减免",
    icon="heart-handshake",
    summary="遗体接运、存放、火化和骨灰寄存，按当地规定减免。不用先交钱：结算时殡仪馆当场扣除，财政按月和殡仪馆结算。先在这里说一声，到场少填表。",
    known_as="火化费 减免 丧葬费",
    cite=BY_WAIVER,
    form=forms.WAIVER,
    members="",
    steps=at_the_counter(
        "费用已结算",
        AT_COUNTER,
        "已收到。请带死亡证明和您的身份证到殡仪馆，费用结算时当场减免，不用再交申请。",
        record=DONE,
    ),
    notices=_not_accepted("民殡不受", BY_WAIVER),
)
F2 = ServiceItem(
    code="F2",
    covers=("S-155",),
    title="节地生态安葬补贴",
    icon="flower",
    summary="海葬、树葬、花葬、草坪葬、深埋不留坟头的，凭安葬证明给家属一次奖补。一位逝者一次。",
    known_as="海葬 树葬 丧葬奖励 丧葬费",
    cite=BY_ECO,
    form=forms.ECO,
    members="",
    materials=(
        Material(key="proof", title="安葬证明", why="安葬单位开具，写明方式和日期；县级核实后才能发补贴。"),
    ),
    steps=filing(
        "核定奖补",
        "不予补贴",
        verified=(Question("finding", "核实情况", "long_text", min=2, max=200),),
    ),
    clocks=(filing_clock("核定补贴", "eco_burial_days", BY_ECO),),
    notices=filing_notices("民殡奖", BY_ECO, "生态安葬补贴告知书", "不予补贴告知书"),
)
F3 = ServiceItem(
    code="F3",
    title="遗体异地运输接收",
    icon="route",
    summary="在外地去世、要运回本县的，由本县民政部门一日内开具接收证明，殡仪馆的专用车辆凭证明承运。",
    known_as="运遗体 外地去世",
    cite=BY,
    form=forms.TRANSPORT,
    members="",
    materials=(Material(key="death", title="死亡证明", why="外地医疗机构或公安机关开具，上传照片。"),),
    steps=filing("开具接收证明", "不予接收"),
    clocks=(filing_clock("开具接收证明", "body_transport_days", BY, Unit.DAYS),),
    notices=filing_notices("民殡接", BY, "遗体接收告知书", "不予接收告知书"),
)
F4 = ServiceItem(
    code="F4",
    title="农村公益性墓地备案",
    icon="grave",
    summary="村民委员会把规划、用地手续报县级备案，只供本村村民使用，一般不收费。墓地先在设施台账登记，运营单位写村委会。",
    known_as="村里公墓 坟地",
    cite=BY,
    form=forms.CEMETERY,
    members="",
    for_organisations=True,
    about=VILLAGE_CEMETERY.code,
    materials=(
        Material(key="plan", title="墓地规划图", why="县级核对墓位数和面积。"),
        Material(key="land", title="用地手续", why="自然资源（林草）部门的批准文件，还查不到的上传照片。"),
    ),
    steps=filing("准予备案", "不予备案", record=(Question("filing_no", "备案文号", "text", min=2, max=60),)),
    clocks=(filing_clock("办理备案", "village_cemetery_days", BY),),
    notices=filing_notices("民墓", BY, "农村公益性墓地备案告知书", "不予备案告知书"),
)
F5 = ServiceItem(
    code="F5",
    title="殡葬代理备案",
    icon="briefcase",
    summary="提供殡葬代理服务的单位向县级民政部门备案，一年一次，期满前重新提交。",
    known_as="殡葬公司 一条龙",
    cite=BY,
    form=forms.AGENT,
    members="",
    for_organisations=True,
    steps=filing("准予备案", "不予备案"),
    clocks=(filing_clock("办理备案", "funeral_agent_days", BY),),
    notices=filing_notices("民殡代", BY, "殡葬代理备案告知书", "不予备案告知书"),
)
F6 = ServiceItem(
    code="F6",
    title="墓位（格位）续用",
    icon="calendar-event",
    summary="使用期满前三个月起可以续用，一个周期最长二十年。先在这里提出，再带安放证到管理单位办理，当场换发。",
    known_as="续墓地 墓地到期",
    cite=BY,
    form=forms.RENEWAL,
    members="",
    steps=at_the_counter(
        "已办理续用",
        AT_COUNTER,
        "已收到。请带安放证和身份证到安葬（放）设施的管理单位，当场办理、换发安放证。",
        record=DONE,
    ),
    notices=_not_accepted("民殡续不受", BY),
)
