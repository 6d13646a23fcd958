"""What waits on the helper's phone: leads of both ways in, some due, some late, one where nobody was at home."""

from __future__ import annotations

import datetime as dt

from minzheng.datacenter.leads.actions import LeadDraft, report_lead, say_lead
from minzheng.datacenter.leads.models import Lead, Need, Source
from minzheng.demo.cast import VILLAGE
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.foundation.people.models import Household
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

# How many days ago, what about, what was seen: invented, like everybody in the demo.
SEEN = (
    (5, Need.CARE, "老人独居，腿脚不便，做饭吃力，儿女在外打工，过年才回来。"),
    (3, Need.MEDICAL, "户主上月住院，出院后还在吃药，家里说钱快用完了。"),
    (2, Need.HOUSING, "厨房屋顶漏雨，用塑料布盖着，雨大时要接水。"),
    (1, Need.SCHOOLING, "两个孩子上学，父亲摔伤后没有出工，学校说伙食费还没交。"),
    (0, Need.COMFORT, "老人刚丧偶，不大出门，邻居说好几天没见到人。"),
)


def leave_rounds(officers: Officers, days: Days) -> int:
    """Leads in the helper's village, each with its visit to make; returns how many."""
    families = Household.objects.filter(region=VILLAGE, until=None).select_related("head", "region")
    seen = list(families.order_by("-pk")[: len(SEEN)])
    leads = [
        _seen(officers, family, days.today - dt.timedelta(days=ago), need, story)
        for family, (ago, need, story) in zip(seen, SEEN, strict=False)
    ]
    if leads:
        nobody = VisitDraft("not_reached", note="敲门没有人应", position=Position(missing="没有信号"))
        record_visit(officers.on("helper", days.today - dt.timedelta(days=2)), leads[0].task, nobody)
    leads.append(_said(officers, days))
    return len(leads)


def _seen(officers: Officers, family: Household, day: dt.date, need: Need, story: str) -> Lead:
    draft = LeadDraft(
        name=family.head.name,
        need=need,
        story=story,
        address=family.address or family.head.address,
        phone=family.head.phone,
        knows=True,
        person=family.head,
        household=family,
    )
    return report_lead(officers.on("helper", day), family.region, draft, Source.DISCOVERY)


def _said(officers: Officers, days: Days) -> Lead:
    """杨秀英 speaks for a neighbour whose full name she does not know."""
    citizen = officers.on("xiuying", days.today)
    story = "她一个人带孙子，最近常来借米，不好意思自己说。"
    draft = LeadDraft(
        name="后院的吴婆婆", need=Need.LIVING, story=story, address="3组", phone="", knows=False
    )
    return say_lead(citizen, citizen.user.person.region, draft)
