"""E5: a home scores itself and applies; the county accepts, and the rating of foundation/scoring begins (GB/T 37276-2018)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from minzheng.business.elderly.institutions.models import FilingState, Home
from minzheng.business.elderly.oversight.credit import credit_of
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.calendar import Unit, add_months
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items import APPLICANT, SYSTEM, Clock, Material, Move, ServiceItem, Status, Step
from minzheng.foundation.items.figures import figures
from minzheng.foundation.items.usual import (
    APPROVER,
    CLOSED,
    COUNTY,
    HANDLER,
    REASON,
    filing_notices,
    handing_in,
)
from minzheng.foundation.scoring.applying import Score, apply_rating
from minzheng.foundation.scoring.scoring import DECLARED
from minzheng.foundation.scoring.words import Part, Version

BY = "GB/T 37276-2018；养老机构等级评定管理办法"
SHEET = next(one for one in DECLARED if one.code == "elder_home")
NEWEST: Version = max((one for one in SHEET.versions if not one.region), key=lambda one: one.since)


def _points(part: Part) -> Section:
    return Section(
        part.code,
        f"自评：{part.title}（满分{part.most}）",
        tuple(
            Question(
                item.code,
                item.title,
                "number",
                min=0,
                max=item.most,
                unit=f"/ {item.most} 分",
                page=part.title,
            )
            for item in part.items
        ),
    )


def _form(version: Version) -> Form:
    conditions = Section(
        "conditions",
        "申报条件",
        tuple(
            Question(f"condition_{number}", f"{text}。", "agree", page="这些条件都符合吗？")
            for number, text in enumerate(version.conditions, 1)
        ),
    )
    return Form((HANDLER, conditions, *(_points(part) for part in version.parts)))


FORMS = {one.key: _form(one) for one in SHEET.versions}


def sheet_of(region: str, on: dt.date) -> Version:
    """What a home in this place is asked on this day: the province's own sheet before the national one."""
    return SHEET.version_on(on, region) or NEWEST


def form_at(region: str, on: dt.date) -> Form:
    return FORMS[sheet_of(region, on).key]


DECIDED = {"four_eyes_with": ("submit", "resubmit"), "careful": True}
E5 = ServiceItem(
    code="E5",
    covers=("S-083",),
    title="养老机构等级评定",
    icon="award",
    summary="备案并运营满规定时间的养老机构，对照国家标准自评打分、提出申请；专家现场评分、委员会表决、公示7天后授牌，三年有效。",
    known_as="评星级 评等级 星级养老院",
    cite=BY,
    form=FORMS[NEWEST.key],
    form_at=form_at,
    members="",
    for_organisations=True,
    about=SHEET.facility,
    materials=(
        Material(
            key="evidence",
            title="自评的证明材料",
            why="制度、台账、合同样本和照片；现场评分时专家要看。",
            required=False,
        ),
    ),
    steps=(
        *handing_in(
            (
                Move(
                    key="accept",
                    title="受理，开始评定",
                    to="rating",
                    guards=("complete",),
                    marks=("accepted",),
                    hint="受理前核对申报条件；信用达不到的、已有评定在进行的，系统会拦下。",
                    **DECIDED,  # type: ignore[arg-type]
                ),
                Move(
                    key="refuse",
                    title="不予受理",
                    to="refused",
                    record=(REASON,),
                    marks=("not_filed", "told"),
                    notices=("refused",),
                    **DECIDED,  # type: ignore[arg-type]
                ),
            ),
            (COUNTY, APPROVER),
        ),
        Step(
            key="rating",
            title="评定中",
            status=Status.CHECKING,
            roles=(APPLICANT,),
            moves=(
                Move(
                    key="rated",
                    title="评定完成，授予等级",
                    to="rated",
                    roles=(SYSTEM,),
                    marks=("filed", "told"),
                    notices=("filed",),
                ),
                Move(
                    key="unrated",
                    title="没有达到等级",
                    to="refused",
                    roles=(SYSTEM,),
                    record=(REASON,),
                    marks=("not_filed", "told"),
                    notices=("refused",),
                ),
            ),
            waits="已经受理。接下来专家现场评分、委员会表决、公示，请留意现场评分的通知。",
            is_task=False,
        ),
        Step(key="rated", title="已授予等级", status=Status.DONE),
        Step(key="refused", title="不予评定", status=Status.REFUSED),
        *CLOSED,
    ),
    clocks=(
        Clock(
            key="rating",
            title="完成评定",
            starts="accepted",
            stops=("filed", "not_filed"),
            length="rating_total_days",
            unit=Unit.DAYS,
            cite=BY,
        ),
    ),
    notices=filing_notices("民养评", BY, "养老机构等级评定结果告知书", "不予评定等级告知书"),
)


def begin(access: Access, case: Case) -> None:
    """The county accepted: the rating begins with the home's own points, in the name of whoever applied."""
    place, data = case.facility, case.data
    assert place is not None, "the item is about a home"
    asked = sheet_of(case.region_id, case.opened_on)  # one that is newer by now asks for what it has more
    own = {code: Score(data[code]) for code in asked.items if data.get(code) is not None}
    apply_rating(
        access,
        sheet=SHEET.code,
        region=place.region,
        facility=place,
        confirmed=asked.conditions,
        applicant=case.opened_by,
        own=own,
    )


def refuse_unready(home: Home, on: dt.date) -> None:
    """Filed, open long enough, and trusted: whoever applies, and whichever way (handbook 11.3 E5)."""
    figure = figures(on, home.facility.region_id, settings.STANDARDS_SET)
    if home.filing != FilingState.FILED:
        raise Refused("这家养老机构还没有办好备案，不能评定等级。请先办理备案。")
    months = int(figure("home_rating_open_months"))
    begun = home.first_admission_on or home.facility.opened_on
    if add_months(begun, months) > on:
        raise Refused(f"运营满{months}个月才能评定等级，这家机构从{begun}起算。请到期再申报。")
    credit, least = credit_of([home.facility], on)[home.facility_id], int(figure("home_rating_credit_least"))
    if credit.points < least:
        raise Refused(f"信用分{credit.points}，低于申报等级要求的{least}分。请整改、信用恢复以后再申报。")


def finish(facility: int | None, on: dt.date, move: str, reason: str = "") -> None:
    """What became of the rating ends the application that it rests on; one that came on paper has none."""
    for case in Case.objects.filter(item=E5.code, facility=facility, step="rating"):
        do_move(SystemAccess.on(on), case, move, {"reason": reason} if reason else {})
