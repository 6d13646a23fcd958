"""J1 收养登记, J3 解除收养登记 (handbook 11.2). Begun here, done face to face; J2 收养评估 is a part of J1 (evaluating.py)."""

from minzheng.business.adoption import forms
from minzheng.foundation.calendar import Unit
from minzheng.foundation.forms import Form
from minzheng.foundation.items import Clock, Material, NoticeKind, ServiceItem
from minzheng.foundation.items.usual import at_the_counter

BY = "民法典 第五编第五章；中国公民收养子女登记办法（2023修订）"
READS = "adoption.read"  # nobody but the registry sees who wants to adopt
WAITS = "已收到。请预约时间，带证件和各方一起到县级民政部门当面办理。"
ENDS = ("not_accepted", "withdrawn")
NOTICES = (
    NoticeKind(
        key="not_accepted",
        title="不予受理通知书",
        mark="民收不受",
        cite=BY,
        shows=("applicant", "item", "number", "date", "place", "reasons"),
    ),
)


def _item(
    code: str,
    title: str,
    icon: str,
    summary: str,
    form: Form,
    done: str,
    materials: tuple[Material, ...],
    clocks: tuple[Clock, ...],
    *,
    declines: bool = False,
) -> ServiceItem:
    return ServiceItem(
        code=code, title=title, icon=icon, summary=summary, cite=BY, form=form, members="", reads=READS,
        steps=at_the_counter(done, ("registrar",), WAITS, declines=declines), notices=NOTICES, materials=materials, clocks=clocks, covers=("S-130",),
    )  # fmt: skip


def _clock(key: str, title: str, length: str, cite: str, *, earliest: bool = False) -> Clock:
    return Clock(
        key=key,
        title=title,
        starts="accepted",
        stops=ENDS,
        length=length,
        unit=Unit.DAYS,
        cite=cite,
        earliest=earliest,
    )


HEALTH = Material(
    key="health", title="收养人身体检查报告", why="由县级以上医疗机构出具，系统查不到", required=False
)
J1 = _item(
    "J1",
    "收养登记",
    "home-heart",
    "先在这里填好基本情况，再预约到场。查找不到生父母的要公告六十日；收养评估和融合期通过以后登记，发收养登记证。",
    forms.ADOPT,
    "已受理，当面办理",
    (HEALTH,),
    (
        _clock("decide", "审查决定（公告、评估期间不计）", "adoption_decide_days", BY),
        _clock(
            "notice",
            "寻亲公告（查找不到生父母的；公告当日起算）",
            "adoption_notice_days",
            "民法典 第一千一百零五条第二款",
            earliest=True,
        ),
        _clock(
            "evaluate",
            "收养评估（收养继子女除外；开始评估之日起算）",
            "adoption_evaluate_days",
            "收养评估办法（试行）（民发〔2020〕144号）",
        ),
        _clock(
            "bonding",
            "融合期（开始融合之日起算）",
            "adoption_bonding_days",
            "收养评估办法（试行）（民发〔2020〕144号）",
            earliest=True,
        ),
    ),
)
J3 = _item(
    "J3",
    "解除收养登记",
    "file-text",
    "养父母、孩子（满八周岁的）和送养人协商一致，一起到孩子户籍地的登记机关办理，发解除收养关系证明。",
    forms.DISSOLVE,
    "已办理解除",
    (),
    (_clock("decide", "审查决定", "adoption_dissolve_days", BY),),
    declines=True,
)
