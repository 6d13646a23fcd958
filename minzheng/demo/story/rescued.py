"""The county's station: a dozen stays, three of them of people nobody knows, one match that waits, winter patrols. All invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from minzheng.business.rescue.identity import propose_match
from minzheng.business.rescue.intake import ask_extension, decide_extension, list_belongings, take_in
from minzheng.business.rescue.leaving import leave
from minzheng.business.rescue.models import Encounter, MissingReport, Patrol, Stay
from minzheng.business.rescue.searching import decide_notice, draft_notice, record_search, report_missing
from minzheng.business.rescue.street import meet, season_of
from minzheng.demo.cast import TOWNSHIP, VILLAGE
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.foundation.facilities.models import Facility

# (called, sex, age, days ago, where, need, looks, speech)
UNKNOWN = (
    ("无名氏（汽车站）", "1", 70, 6, "晃洲镇汽车站候车室", "lost", "左脸有一道旧疤，缺两颗门牙，驼背，穿蓝布衫", "湘西口音，会说“罗旧”"),
    ("无名女（大桥）", "2", 45, 2, "㵲水大桥桥头", "ill", "短发，右手腕有烫伤疤，背红色布包", "贵州口音"),
    ("无名氏（国道）", "1", 38, 100, "320国道林冲路段", "ill", "光头，左腿跛，穿旧军大衣", "说不清，像北方口音"),
)  # fmt: skip
# (called, sex, age, came days ago, stayed days, need, way, where to)
KNOWN = (
    ("覃阿贵", "1", 52, 80, 2, "stranded", "ticket", "广西柳州"),
    ("田小兰", "2", 33, 66, 1, "robbed", "ticket", "湖北恩施"),
    ("石老四", "1", 67, 51, 4, "begging", "escorted", "贵州玉屏，交大龙镇政府"),
    ("吴桂香", "2", 71, 40, 3, "lost", "escorted", "芷江县罗旧镇，交其子"),
    ("刘建国", "1", 46, 33, 1, "stranded", "own_wish", ""),
    ("彭三妹", "2", 58, 21, 2, "lost", "escorted", "怀化市鹤城区，交其女"),
    ("向东", "1", 24, 15, 1, "stranded", "ticket", "广东东莞"),
    ("梁大牛", "1", 49, 9, 2, "begging", "own_wish", ""),
    ("罗秀珍", "2", 39, 1, 0, "stranded", "", "贵州铜仁"),
)
# Came today: the protection centre expects him, nobody has fetched him yet.
MINOR: dict[str, Any] = {
    "called": "小石头", "sex": "1", "age": 11, "need": "lost", "source": "police", "brought_by": "波洲派出所",
    "found_at": "波洲镇客运站", "stated_home": "说是贵州，说不清哪个县", "dialect": "贵州口音",
    "features": "短发，左眉有痣，穿蓝色校服，背黑书包",
}  # fmt: skip
MET = (
    ("20:40", "汽车站候车室", "1", 66, 1, 1, 0, "accepted"),
    ("21:10", "㵲水大桥桥洞", "1", 55, 2, 1, 1, "declined"),
    ("21:50", "龙溪口古镇ATM机房", "2", 48, 1, 1, 0, "home"),
)
DAY = dt.timedelta(days=1)


@transaction.atomic
def run_station(officers: Officers, days: Days) -> str:
    """Each stay is taken in on its own day by the station's own people."""
    station = Facility.objects.create(
        kind="rescue_station", name="新晃县救助管理站", region_id=VILLAGE, address="晃洲镇人民路", phone="07456222345",
        counts={"men": 8, "women": 6, "boys": 2, "girls": 2}, opened_on=dt.date(2006, 5, 1), longitude=109.176,
        latitude=27.361,
    )  # fmt: skip
    for one in KNOWN:
        _known(officers, station, days.today, *one)
    _take_in(officers.on("rescuer", days.today), station, **MINOR)
    unknown = [_unknown(officers, station, days.today, *one) for one in UNKNOWN]
    _search(officers, days.today, unknown)
    patrols = _patrols(officers, days.today)
    return f"{len(KNOWN) + len(UNKNOWN)} 人次，{len(UNKNOWN)} 人身份不明，巡查 {patrols} 次"


def _take_in(access: Any, station: Facility, **facts: Any) -> Stay:
    day = access.today
    given = {"found_on": day, "arrived_on": day, "told_by": "本人", "features": "衣着整洁，体貌无特殊"}
    return take_in(access, Stay(station=station, region_id=station.region_id, **(given | facts)))


def _known(
    officers: Officers, station: Facility, today: dt.date, called: str, sex: str, age: int, ago: int, stayed: int,
    need: str, way: str, where: str,
) -> None:  # fmt: skip
    came = today - DAY * ago
    stay = _take_in(
        officers.on("rescuer", came), station, called=called, sex=sex, age=age, need=need, source="self",
        found_at="本站接待室", stated_home=where,
    )  # fmt: skip
    list_belongings(officers.on("rescuer", came), stay, items="手机 1\n行李包 1", belongings_by="本人")
    if way:
        facts = {
            "destination": where,
            "ticket": "K9063",
            "escorts": "吴大勇、蒲春兰",
            "left_note": "本人自愿",
        }
        leave(officers.on("rescuer", came + DAY * stayed), stay, way=way, **facts)


def _unknown(
    officers: Officers, station: Facility, today: dt.date, called: str, sex: str, age: int, ago: int, where: str,
    need: str, looks: str, speech: str,
) -> Stay:  # fmt: skip
    access = officers.on("rescuer", today - DAY * ago)
    stay = _take_in(
        access, station, called=called, sex=sex, age=age, need=need, source="police", brought_by="晃洲派出所",
        brought_no=f"晃公移〔{access.today.year}〕{ago}号", found_at=where, features=looks, dialect=speech,
        told_by="两名工作人员见证", is_disabled=need == "ill",
    )  # fmt: skip
    at = timezone.make_aware(dt.datetime.combine(access.today, dt.time(15, 20)))
    for way, asked_of, result, reference in (
        ("police", "晃洲派出所", "none", f"人像比对{stay.pk}"),
        ("dna", "县公安局刑侦大队", "waiting", f"DNA{access.today:%Y}-{stay.pk}"),
    ):
        record_search(access, stay, way=way, asked_of=asked_of, result=result, reference=reference, at=at)
    for on in range(8, ago, 30):
        asked = ask_extension(
            officers.on("rescuer", access.today + DAY * on), stay, days=30, reason="身份不明，继续寻亲"
        )
        decide_extension(officers.on("approver", access.today + DAY * on), asked, granted=True)
    text = f"{looks}。{speech}。有认识的请与救助站联系。"
    notice = draft_notice(access, stay, text=text, found_at=where, shows_photo=False)
    if ago > 5:
        decide_notice(officers.on("approver", access.today), notice, publish=True)
    return stay


def _search(officers: Officers, today: dt.date, unknown: list[Stay]) -> None:
    """Two who are missed; one of them looks like the old man, and a second officer has yet to say so."""
    desk = officers.on("rescuer", today)
    facts = {
        "source": "family",
        "reporter_relation": "子女",
        "reporter_phone": "13974512340",
        "region_id": VILLAGE,
    }
    likely = report_missing(
        desk,
        MissingReport(
            name="杨通海", sex="1", birth_year=today.year - 71, lost_on=today - DAY * 9, lost_at="芷江县罗旧镇汽车站",
            home="芷江县罗旧镇", dialect="湘西口音", features="左脸有一道旧疤，驼背，爱穿蓝布衫", reporter_name="杨小妹",
            police_no="芷公受〔2026〕88号", **facts,
        ),
    )  # fmt: skip
    report_missing(
        desk,
        MissingReport(
            name="龙秋菊", sex="2", birth_year=today.year - 62, lost_on=today - DAY * 30, lost_at="怀化火车站",
            home="新晃县波洲镇", dialect="侗话", features="花白长发，戴银镯", reporter_name="龙小军", **facts,
        ),
    )  # fmt: skip
    propose_match(officers.on("reviewer", today), unknown[0], likely, basis="脸上的疤、口音和地名都对得上")
    reason = "等待DNA比对结果，本人愿意留站"
    ask_extension(desk, unknown[0], days=20, reason=reason)


def _patrols(officers: Officers, today: dt.date) -> int:
    helper = officers.on("clerk", today)
    rounds = Patrol.objects.bulk_create(
        Patrol(
            region_id=TOWNSHIP, on=today - DAY * ago, season=season_of(today - DAY * ago, TOWNSHIP), starts=dt.time(20, 30),
            ends=dt.time(22, 30) if ago else None, route="汽车站—大桥—龙溪口古镇", team="龙建军、蒲海燕", staff=2, vehicles=1,
            made_by=helper.user,
        )
        for ago in (21, 14, 7, 0)
    )  # fmt: skip
    for patrol in rounds[:3]:
        Encounter.objects.bulk_create(_met(patrol, one) for one in MET)
    meet(helper, _met(rounds[3], MET[1]))
    return len(rounds)


def _met(patrol: Patrol, one: tuple[Any, ...]) -> Encounter:
    at, place, sex, age, clothes, food, medicine, outcome = one
    return Encounter(
        patrol=patrol, region_id=patrol.region_id, at=dt.time.fromisoformat(at), place=place, sex=sex, age=age, clothes=clothes,
        food=food, medicine=medicine, cards=1, outcome=outcome,
    )  # fmt: skip
