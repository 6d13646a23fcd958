"""精神障碍社区康复: two people are served, a third waits for the county; two studies of relative poverty to compare."""

from __future__ import annotations

import datetime as dt

from minzheng.business.assistance.models import Study
from minzheng.business.assistance.relative.actions import run_study, start
from minzheng.business.disability.models import Certificate, Placement
from minzheng.business.disability.rehab.keeping import order_the_month, send_checks
from minzheng.demo.cast import COUNTY, TOWNSHIP
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.cases.api import add_material, open_case, save_draft, submit
from minzheng.foundation.cases.models import Channel
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import prefix_of, within

PROVIDER = "新晃夜郎居家养老服务中心"
BEGAN = (80, 15, 1)  # working days ago; the last one is not confirmed yet
PLANS = (
    ("medium", "每周一次服药训练，每月两次技能训练，家属每季一次座谈。紧急时找村委会和县精神卫生福利院。"),
    ("light", "每月两次社交活动，简单手工劳动，按时复诊。紧急时找家属。"),
    ("medium", "每月四次上门：督促服药、生活技能、心理疏导。紧急时找镇卫生院。"),
)
STUDIES = (("人均收入中位数的60%", "median", 60), ("低保标准的1.5倍", "dibao", 150))


def rehabilitate(officers: Officers, days: Days) -> str:
    """Every step by the real action on its own day; returns what to say of it."""
    cards = Certificate.objects.filter(within(COUNTY[:6]), kind="精神", cancelled_on=None).values("id_no")
    placed = Placement.objects.filter(until=None).values("person")
    near = Person.objects.filter(within(prefix_of(TOWNSHIP)), died_on=None)  # where the clerk works
    people = near.filter(id_no__in=list(cards.values_list("id_no", flat=True)))
    uscc = Organisation.objects.get(name=PROVIDER).uscc
    chosen = list(people.exclude(pk__in=placed).select_related("region").order_by("id")[: len(BEGAN)])
    for person, ago, (level, plan) in zip(chosen, BEGAN, PLANS, strict=False):
        _plan(officers, person, workdays_before(days.today, ago), level, plan, uscc, is_confirmed=ago > 1)
    order_the_month(days.today)
    send_checks(days.today)
    for title, method, percent in STUDIES:
        _study(officers, days.today, title, method, percent)
    return f"社区康复 {len(chosen)} 人，相对贫困研究 {len(STUDIES)} 次"


def _plan(
    officers: Officers, person: Person, day: dt.date, level: str, plan: str, uscc: str, *, is_confirmed: bool
) -> None:
    clerk = officers.on("clerk", day)
    case = open_case(clerk, "D3", person, person.region, Channel.DESK)
    answers = {
        "address": person.address or "村里", "phone": person.phone or "14400001234", "mind_diagnosed": True,
        "hospital": "怀化市第四人民医院", "wishes": ["服药训练", "生活技能"], "promise": True,
    }  # fmt: skip
    save_draft(clerk, case, answers)
    add_material(clerk, case, "diagnosis", officers.photo("clerk"))
    submit(clerk, case)
    officers.move(case, "clerk", "accept", day)
    said = {"mind_diagnosed": True, "level": level, "uscc": uscc, "rehab_plan": plan, "heard": True}
    officers.move(case, "township", "plan", day, **said)
    if is_confirmed:
        officers.move(case, "approver", "grant", day, opinion="同意。")


def _study(officers: Officers, today: dt.date, title: str, method: str, percent: int) -> None:
    reviewer = officers.on("reviewer", today)
    made = Study.objects.create(
        region_id=COUNTY, title=title, on=today, method=method, percent=percent, maker=reviewer.user.person
    )
    start(reviewer, made)
    run_study.call(made.pk)
