"""What can be done for somebody at a station, in the order of the work; and the decision on a match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minzheng.business.rescue import intake, leaving, searching, settlement
from minzheng.business.rescue.identity import decide_match, identify
from minzheng.business.rescue.models import (
    Identity,
    Match,
    MatchState,
    NoticeState,
    Settlement,
    SettlementState,
    Stay,
    StayState,
)
from minzheng.foundation.accounts.models import Role, User
from minzheng.foundation.documents.models import Document
from minzheng.foundation.forms import Question
from minzheng.foundation.people.models import Sex
from minzheng.online.desk.rescue import questions as ask
from minzheng.online.ui.deeds import Deed

WRITE, CONFIRM = "rescue.write", "rescue.confirm"
Answers = Mapping[str, Any]


def plain(given: Answers) -> dict[str, Any]:
    """Unanswered texts are empty."""
    return {key: "" if value is None else value for key, value in given.items()}


def is_open(stay: Stay) -> bool:
    return stay.is_open


def unknown(stay: Stay) -> bool:
    return stay.is_open and stay.is_unknown


def carers(stay: Stay) -> tuple[Question, ...]:
    """The station's staff; for a woman the women among them."""
    staff = User.objects.filter(
        assignments__role=Role.RESCUER, assignments__region_id=stay.region_id[:6].ljust(12, "0"),
        assignments__until=None, is_active=True, person__isnull=False,
    )  # fmt: skip
    if stay.sex == Sex.FEMALE:
        staff = staff.filter(person__sex=Sex.FEMALE)
    options = tuple((str(one.pk), str(one.display_name)) for one in staff.distinct().order_by("display_name"))
    hint = "女性由女性工作人员照料。" if stay.sex == Sex.FEMALE else ""
    return (Question("carer", "照料人", "choice", options=options, hint=hint),)


def listed(stay: Stay, *states: SettlementState) -> bool:
    return Settlement.objects.filter(stay=stay, state__in=states).exists()


def may_list(stay: Stay) -> bool:
    return unknown(stay) and not listed(stay, SettlementState.LISTED, SettlementState.REGISTERED)


def _months_are_over(stay: Stay, access: Any) -> bool:
    return bool(access.today > settlement.due_after(stay))


def _register(access: Any, stay: Stay, given: Answers) -> None:
    settlement.register_household_entry(access, stay.settlement, **plain(given))


def _add_photo(access: Any, stay: Stay, given: Answers) -> None:
    searching.add_photo(access, stay, Document.objects.get(pk=given["photo"][0]))


def _asked_by_another(stay: Stay, access: Any) -> bool:
    waiting = stay.extensions.filter(granted=None).first()
    return waiting is not None and waiting.asked_by_id != access.user.person_id


def _extend(access: Any, stay: Stay, given: Answers) -> None:
    waiting = stay.extensions.get(granted=None)
    intake.decide_extension(access, waiting, granted=given["granted"], note=given.get("note") or "")


STAY = (
    Deed("belongings", "登记随身物品", WRITE, lambda a, s, g: intake.list_belongings(a, s, **plain(g)),
         is_open=lambda s: is_open(s) and not s.belongings_by, questions=lambda s: ask.BELONGINGS, icon="briefcase"),
    Deed("health", "登记健康检查", WRITE, lambda a, s, g: intake.check_health(a, s, **plain(g)),
         is_open=is_open, questions=lambda s: ask.HEALTH, icon="stethoscope",
         lead="急救送医的，登记后状态变为“送医救治”，救助不中断。"),
    Deed("back", "出院回站", WRITE, lambda a, s, g: intake.back_from_hospital(a, s),
         is_open=lambda s: s.state == StayState.HOSPITAL, icon="arrow-back-up"),
    Deed("carer", "安排照料人", WRITE, lambda a, s, g: intake.assign_carer(a, s, **plain(g)),
         is_open=lambda s: is_open(s) and s.carer_id is None, questions=carers, icon="user-heart"),
    Deed("search", "登记寻亲查询", WRITE, lambda a, s, g: searching.record_search(a, s, **plain(g)),
         is_open=unknown, questions=lambda s: ask.SEARCH, icon="search"),
    Deed("photo", "补传照片", WRITE, _add_photo, is_open=unknown, questions=lambda s: ask.PHOTO, icon="camera",
         done="照片已存好，可以用在寻亲公告里。"),
    Deed("notice", "起草寻亲公告", WRITE, lambda a, s, g: searching.draft_notice(a, s, **plain(g)),
         is_open=lambda s: unknown(s) and not s.notices.filter(state__in=[NoticeState.DRAFT, NoticeState.PUBLISHED]).exists(),
         questions=lambda s: ask.NOTICE, icon="speakerphone", lead="另一位同志审核以后才公开。", done="已起草，等另一位同志审核。"),
    Deed("identify", "登记身份查明", WRITE, lambda a, s, g: identify(a, s, **plain(g)),
         is_open=lambda s: s.identity != Identity.VERIFIED, questions=lambda s: ask.IDENTIFY, icon="user-check"),
    Deed("extend", "申请延期", WRITE, lambda a, s, g: intake.ask_extension(a, s, **plain(g)),
         is_open=lambda s: is_open(s) and not s.extensions.filter(granted=None).exists(), questions=lambda s: ask.EXTEND,
         icon="clock", done="已申请，等县级另一位同志核准。"),
    Deed("decide", "核准延期", CONFIRM, _extend, is_open=lambda s: s.extensions.filter(granted=None).exists(),
         questions=lambda s: (Question("granted", "同意延期吗？", "yes_no"),
                              Question("note", "意见", "text", required=False, max=200, hint="不同意的必填。")),
         icon="check", mine=_asked_by_another, done="已决定。"),
    Deed("settle-list", "列入落户安置", WRITE, lambda a, s, g: settlement.list_for_settlement(a, s), is_open=may_list,
         mine=_months_are_over, icon="list-check", lead="满三个月仍查不明身份、已经报公安查询并发布过公告的，列入名单报公安登记户口。"),
    Deed("settle-police", "登记公安户口登记", WRITE, _register, is_open=lambda s: listed(s, SettlementState.LISTED),
         questions=lambda s: ask.REGISTERED, icon="writing"),
    Deed("settle", "核准落户安置", CONFIRM, lambda a, s, g: settlement.settle(a, s.settlement),
         is_open=lambda s: listed(s, SettlementState.REGISTERED), icon="home-heart",
         lead="核准当时建立人员和家庭档案，办理离站，派人核查特困、低保。", done="已安置，人员和家庭档案已经建立。"),
    Deed("died", "登记死亡", WRITE, lambda a, s, g: leaving.record_death(a, s, **plain(g)), is_open=is_open,
         questions=lambda s: ask.DIED, icon="flower", danger=True, lead="先抢救、报公安、由医疗机构出具死亡医学证明。随身物品由本站代管，待家属领取。",
         done="已登记。身份已查明的，死亡信息已通知各业务；请与殡仪馆办理接收。"),
    Deed("leave", "办理离站", WRITE, lambda a, s, g: leaving.leave(a, s, **plain(g)), is_open=is_open,
         questions=lambda s: ask.LEAVE, icon="door-exit", lead="本人要走随时可以走。随身物品同时返还。", done="已离站，随身物品已返还。"),
)  # fmt: skip
MATCH = (
    Deed("decide", "核定", CONFIRM, lambda a, m, g: decide_match(a, m, **plain(g)),
         is_open=lambda m: m.state == MatchState.PROPOSED,
         questions=lambda m: (Question("same", "是同一个人吗？", "yes_no"),
                              Question("note", "凭什么认定", "long_text", min=2, max=200, hint="如亲属视频辨认、DNA比对结果的编号。")),
         mine=lambda m, access: m.proposed_by_id != access.user.person_id, icon="check", done="已核定。"),
)  # fmt: skip


def match_of(deeds: tuple[Deed, ...], key: str, row: Stay | Match) -> Deed | None:
    return next((one for one in deeds if one.key == key and one.is_open(row)), None)
