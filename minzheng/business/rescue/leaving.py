"""离站 (国令381 第十一条): home by ticket, with an escort, with the family; or simply because one wishes to go."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.rescue.apart import is_minor
from minzheng.business.rescue.identity import certify_death
from minzheng.business.rescue.intake import locked, whose
from minzheng.business.rescue.models import Stay, StayState, Way
from minzheng.business.rescue.search_over import end_search
from minzheng.business.rescue.tasks import BENEFITS
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.actions import household_of
from minzheng.foundation.people.models import Person
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

WRITE = "rescue.write"
# What each way must put on record: (field, what to do)
NEEDED: dict[str, tuple[tuple[str, str], ...]] = {
    Way.TICKET: (("destination", "请写明去哪里。"), ("ticket", "请填写乘车凭证的车次或编号。")),
    Way.ESCORTED: (("destination", "请写明护送到哪里、交给谁。"), ("escorts", "请填写护送人员。")),
    Way.COLLECTED: (
        ("collector_name", "请填写接领人姓名。"),
        ("collector_relation", "请填写与本人的关系。"),
        ("collector_id_no", "请核验接领人的身份证并填写号码。"),
    ),
    Way.OWN_WISH: (),
    Way.HOSPITAL: (("destination", "请写明转到哪家机构。"),),
    Way.PROTECTION: (("destination", "请写明移交给哪家机构、谁接收。"),),
    Way.STATION: (("destination", "请写明转到哪个救助站。"),),
}
# Who takes what was brought along, where the person does not.
KEPT_BY: dict[str, str] = {Way.PROTECTION: "未成年人保护机构", Way.DIED: "救助站代管，待家属领取"}
KEPT = ("destination", "ticket", "escorts", "collector_name", "collector_relation", "collector_id_no", "collector_phone", "left_note")  # fmt: skip


def needs_escort(stay: Stay) -> bool:
    """Old, disabled and young people do not travel home alone."""
    figure = figures(stay.arrived_on, stay.region_id)
    old, adult = int(figure("rescue_escort_age")), int(figure("rescue_adult_age"))
    return stay.is_disabled or stay.age >= old or stay.age < adult


@action("rescue.leave", "办理离站", permission=WRITE, persons=whose)
def leave(access: Any, stay: Stay, *, way: str, care_region: str = "", **facts: str) -> Stay:
    """Everything brought along goes back in the same step; where the person will live, somebody looks after benefits."""
    now = locked(stay)
    if way == Way.SETTLED:
        raise Refused({"way": "落户安置请在“落户安置”里由县级核准，不在这里办理。"})
    if way == Way.DIED:
        raise Refused({"way": "在救助期间死亡的，请用“登记死亡”办理。"})
    for field, what in NEEDED[way]:
        if not str(facts.get(field, "")).strip():
            raise Refused({field: what})
    if way == Way.TICKET and needs_escort(now):
        raise Refused({"way": "老年人、残疾人、未成年人不能独自返乡。请选护送或由亲属接回。"})
    if way == Way.OWN_WISH and is_minor(now):
        raise Refused({"way": "未成年人不能自行离站。请由父母接回，或移交未成年人保护机构。"})
    for field in KEPT:
        setattr(now, field, str(facts.get(field, "")).strip())
    return depart(access, now, way, care_region)


def depart(access: Any, stay: Stay, way: str, care_region: str, on: dt.date | None = None) -> Stay:
    """The end of a stay, however it came about: belongings, search, tasks, the look at benefits, the event.

    `on`: the day on which it ended, if that is not today.
    """
    stay.state, stay.way, stay.left_on, stay.left_by = StayState.LEFT, way, on or access.today, access.user
    stay.care_region_id = care_region or (stay.person.region_id if stay.person else None)
    stay.save()
    taker = stay.collector_name or KEPT_BY.get(way, "本人")
    stay.belongings.filter(returned_on=None).update(returned_on=access.today, returned_to=taker)
    end_search(access, stay, "已离站")
    extensions = [
        f"rescue_extension:{pk}" for pk in stay.extensions.filter(granted=None).values_list("pk", flat=True)
    ]
    origins = [f"rescue_minor:{stay.pk}", f"rescue_ending:{stay.pk}:{stay.until}"]
    withdraw_tasks([*origins, *extensions], "已离站", actor=access.user)
    if stay.person is not None and stay.care_region_id and way not in (Way.STATION, Way.PROTECTION, Way.DIED):
        ask_about_benefits(access, stay, stay.person, stay.care_region_id)
    emit(
        "rescue.left", stay=stay.pk, number=stay.number, person=stay.person_id, way=way, on=access.today.isoformat()
    )  # fmt: skip
    return stay


def ask_about_benefits(access: Any, stay: Stay, person: Person, region: str) -> None:
    """社会救助法 第三十一条、第五十二条: whoever goes home to nothing is back on the street soon."""
    household = household_of(person, access.today)
    draft = TaskDraft(
        origin=f"rescue_benefits:{stay.pk}",
        region=region,
        household=household.pk if household else None,
        person=person.pk,
        title=BENEFITS.title,
        reason=f"{access.today:%m月%d日}从救助站{stay.get_way_display()}，请核查生活有没有着落",
        detail={"stay": stay.pk},
    )
    open_tasks(BENEFITS.code, [draft], access.today, actor=access.user)


@action("rescue.died", "登记在救助期间死亡", permission=WRITE, persons=whose)
def record_death(
    access: Any,
    stay: Stay,
    *,
    died_on: dt.date | str,
    certificate_no: str,
    police_no: str,
    note: str = "",
) -> Stay:
    """The police saw the body and a hospital certified the death; what was brought along is kept for the family.

    Whoever is known is dead for every other line, too; whoever is not, as soon as it is known who it was (`identify`).
    """
    now, day = locked(stay), dt.date.fromisoformat(str(died_on))
    if not now.arrived_on <= day <= access.today:
        raise Refused({"died_on": "死亡日期应在入站以后、今天之前，请对照医学证明核对。"})
    if not certificate_no.strip() or not police_no.strip():
        raise Refused("请先由医疗机构出具死亡医学证明，并报公安机关到场查验，填写两个编号再登记。")
    now.destination = f"死亡医学证明{certificate_no.strip()}；公安{police_no.strip()}"[:120]
    now.left_note, now.death_no = note.strip()[:200], certificate_no.strip()
    depart(access, now, Way.DIED, "", on=day)
    certify_death(access, now)
    return now
