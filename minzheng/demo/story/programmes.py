"""行动 and 等级评定 of the demo county: six programmes under way, problems at every stage, one rating on its way, one plaque."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile

from minzheng.demo.cast import COUNTY, PASSWORD
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers, card
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.programmes.loop import (
    ProblemDraft,
    assign_problem,
    find_problem,
    fix_problem,
    verify_problem,
)
from minzheng.foundation.programmes.models import Problem, Undertaking
from minzheng.foundation.programmes.planning import (
    UnitDraft,
    drawn_families,
    facility_units,
    plan_numbers,
    plan_units,
)
from minzheng.foundation.programmes.progress import accept, pass_step, report_done, report_progress
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.applying import Score, apply_rating, hand_in_self, score_self
from minzheng.foundation.scoring.granting import grant
from minzheng.foundation.scoring.judging import (
    appoint,
    close_vote,
    declare_no_tie,
    finish_site,
    score_site,
    vote,
)
from minzheng.foundation.scoring.models import Assessment, Duty
from minzheng.foundation.scoring.words import ScoreSheet

# Invented, like everybody in the demo.
HOMES = ("晃州镇敬老院", "波洲镇敬老院", "兴隆镇敬老院", "鱼市镇敬老院", "凉伞镇敬老院", "县社会福利院")
SEEN = (
    ("二楼东侧安全出口被杂物堵住", "major"), ("厨房没有燃气报警装置", "major"), ("三只灭火器压力不足", "general"),
    ("活动室插座私拉乱接", "general"), ("夜间巡查记录缺三天", "general"), ("应急灯两盏不亮", "general"),
    ("半年没有组织疏散演练", "general"), ("消防设施检测报告过期", "general"), ("配电箱前堆放被褥", "general"),
    ("厨房排烟道油污没有清洗", "general"), ("留样冰箱没有温度记录", "general"), ("疏散指示牌脱落", "general"),
    ("防火门闭门器损坏", "general"),
)  # fmt: skip
EXPERTS = ("彭国华", "向秋菊", "滕明", "吴建新", "杨慧")


def run_programmes(officers: Officers, days: Days) -> tuple[int, int]:
    """Returns how many undertakings and problems there are."""
    story = _Story(officers, days)
    story.fire()
    story.fire_upgrade()
    story.rural_homes()
    story.estates()
    story.look_back()
    story.deeds()
    story.ratings()
    return Undertaking.objects.count(), Problem.objects.count()


class _Story:
    def __init__(self, officers: Officers, days: Days) -> None:
        self.officers, self.today = officers, days.today
        self.year = days.today.year
        self.county = Region.objects.get(code=COUNTY)
        self.townships = list(
            Region.objects.filter(parent=self.county, level=Level.TOWNSHIP).order_by("code")
        )
        self.homes = self._homes()
        self.photo = {"reviewer": _photo(officers.users["reviewer"])}

    def on(self, name: str, ago: int = 0) -> Access:
        return self.officers.on(name, self.today - dt.timedelta(days=ago))

    def _homes(self) -> list[Facility]:
        there = list(
            Facility.objects.filter(kind="elder_home", region__code__startswith=COUNTY[:6]).order_by("pk")
        )
        if there:
            return there
        villages = Region.objects.filter(code__startswith=COUNTY[:6], level=Level.VILLAGE)
        places = [villages.filter(parent=one).first() for one in self.townships[: len(HOMES)]]
        return Facility.objects.bulk_create(
            Facility(
                kind="elder_home",
                name=name,
                region=place,
                opened_on=dt.date(2015, 6, 1),
                counts={"beds": 60 + 10 * n},
            )
            for n, (name, place) in enumerate(zip(HOMES, places, strict=False))
            if place
        )

    def planned(self, code: str, units: list[UnitDraft]) -> list[Undertaking]:
        return plan_units(self.on("reviewer", 90), self.county, programme=code, year=self.year, units=units)

    def due(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)

    def finish(self, unit: Undertaking, ago: int) -> None:
        for step in unit.declared.steps:
            pass_step(self.on("reviewer", ago), unit, step=step.code, done_on=self.today - dt.timedelta(days=ago + 5),
                      proofs=[self.photo["reviewer"]])  # fmt: skip
        report_done(self.on("reviewer", ago), unit, proofs=[self.photo["reviewer"]])
        accept(self.on("approver", ago), unit)

    def fire(self) -> None:
        """Thirteen hazards, and where each of them stands."""
        units = self.planned(
            "fire_control", facility_units(self.county, "elder_home", self.due(30), self.today)
        )
        for number, (title, level) in enumerate(SEEN):
            self.problem(units[number % len(units)], title, level, number)

    def problem(self, unit: Undertaking, title: str, level: str, stage: int) -> None:
        """The stage goes round: open, assigned, late, fixed, verified."""
        ago = 25 if stage % 5 in (2, 4) else 4
        draft = ProblemDraft(title, level, photos=[self.photo["reviewer"]])
        found = find_problem(self.on("reviewer", ago), unit, draft)
        if stage % 5 == 0 and level == "general":
            return
        if level == "general":
            assign_problem(self.on("approver", ago), found, measure="限期改好，拍照报县级")
        if stage % 5 > 2:
            fix_problem(
                self.on("reviewer", 2), found, note="已改好，责任到人", photos=[self.photo["reviewer"]]
            )
        if stage % 5 == 4:
            verify_problem(self.on("approver", 1), found, passed=True, said="现场核实，确已改好")

    def fire_upgrade(self) -> None:
        drafts = [
            UnitDraft(f"facility:{one.pk}", one.name, one.region_id, self.due(60 - 50 * (n % 3)), facility=one.pk,
                      funds_fen=(30 + 5 * n) * 1_000_000, owner=one.name)
            for n, one in enumerate(self.homes)
        ]  # fmt: skip
        for number, unit in enumerate(self.planned("fire_upgrade", drafts)):
            report_progress(
                self.on("reviewer", 10),
                unit,
                progress=min(95, 25 * number),
                paid_fen=unit.funds_fen * number // 8,
            )
            if number in (0, 3):
                self.finish(unit, 3)

    def rural_homes(self) -> None:
        plan_numbers(
            self.on("reviewer", 100), self.county, programme="rural_homes", year=self.year, target="homes",
            numbers={COUNTY: 4}, document=f"县政府办〔{self.year}〕6号",
        )  # fmt: skip
        plan_numbers(
            self.on("reviewer", 100), self.county, programme="rural_homes", year=self.year, target="beds",
            numbers={COUNTY: 120}, document=f"县政府办〔{self.year}〕6号",
        )  # fmt: skip
        drafts = [
            UnitDraft(f"facility:{one.pk}", one.name, one.region_id, self.due(45), facility=one.pk, funds_fen=80_000_000,
                      planned={"beds": 30})
            for one in self.homes[:4]
        ]  # fmt: skip
        for number, unit in enumerate(self.planned("rural_homes", drafts)):
            report_progress(self.on("reviewer", 8), unit, progress=30 + 20 * number, paid_fen=20_000_000 * (number + 1) // 2,
                            reached={"beds": 8 * number})  # fmt: skip
            pass_step(self.on("reviewer", 8), unit, step="design", done_on=self.today - dt.timedelta(days=70))
            if number == 3:
                self.finish(unit, 2)

    def estates(self) -> None:
        names = ("龙溪花园", "舞水新城", "夜郎家园", "滨江府", "锦绣晃州")
        drafts = [UnitDraft(f"item:{name}", name, self.townships[0].code, self.due(90)) for name in names]
        for number, unit in enumerate(self.planned("facility_audit", drafts)):
            for gate in unit.declared.gates[:number]:
                pass_step(self.on("reviewer", 20), unit, step=gate.code, done_on=self.today - dt.timedelta(days=30),
                          proofs=[self.photo["reviewer"]])  # fmt: skip

    def look_back(self) -> None:
        families = drawn_families(
            self.county, ("dibao", "tekun"), 20, f"look_back:{self.year}:{COUNTY}", self.due(20)
        )
        wrong = ("家庭新增务工收入没有重新核算", "两名成员漏登", "档案缺公示照片", "领取人与户主不符")
        for number, unit in enumerate(self.planned("look_back", families)[:8]):
            self.problem(unit, wrong[number % 4], "general", number)

    def deeds(self) -> None:
        names = ("新增护理型床位100张", "建成5个老年助餐点", "困难家庭适老化改造60户", "城乡低保提标")
        drafts = [
            UnitDraft(f"item:{name}", name, COUNTY, self.due(50), funds_fen=50_000_000) for name in names
        ]
        for number, unit in enumerate(self.planned("livelihood_deeds", drafts)):
            report_progress(
                self.on("reviewer", 5), unit, progress=25 * (number + 1) - 5, paid_fen=10_000_000 * number
            )
            if number % 2:
                self.problem(unit, "进度落后于时间表", "general", number)

    def ratings(self) -> None:
        experts = self._experts()
        one = self._begun(self.homes[0], 60, 86)
        self._scored(one, experts[:2], 50, (84, 83))
        appoint(self.on("approver", 45), one, users=experts[2:], duty=Duty.COMMITTEE)
        for user in experts[2:]:
            at = Access(user, self.today - dt.timedelta(days=44))
            declare_no_tie(at, one)
            vote(at, one, choice="agree")
        close_vote(self.on("approver", 40), one)
        grant(self.on("approver", 30), one)
        two = self._begun(self.homes[1], 20, 66)
        appoint(self.on("approver", 12), two, users=experts[:2], duty=Duty.SITE)
        declare_no_tie(Access(experts[0], self.today - dt.timedelta(days=10)), two)

    def _experts(self) -> list[User]:
        password = make_password(PASSWORD)
        made = []
        for number, name in enumerate(EXPERTS, 1):
            user, _ = User.objects.get_or_create(
                username=f"expert{number}", defaults={"display_name": name, "password": password}
            )
            Assignment.objects.get_or_create(
                user=user, role=Role.ASSESSOR, region_id=COUNTY, defaults={"since": dt.date(2020, 1, 1)}
            )
            made.append(user)
        return made

    def _begun(self, home: Facility, ago: int, percent: int) -> Assessment:
        at = self.on("reviewer", ago)
        version = shelf(ScoreSheet).get("elder_home").version_on(at.today)
        assert version is not None
        one = apply_rating(
            at, sheet="elder_home", region=self.county, facility=home, confirmed=version.conditions
        )
        score_self(at, one, _share(one, percent))
        hand_in_self(at, one)
        return one

    def _scored(self, one: Assessment, experts: list[User], ago: int, percents: tuple[int, int]) -> None:
        appoint(self.on("approver", ago + 2), one, users=experts, duty=Duty.SITE)
        for user, percent in zip(experts, percents, strict=True):
            at = Access(user, self.today - dt.timedelta(days=ago))
            declare_no_tie(at, one)
            score_site(at, one, _share(one, percent))
            finish_site(at, one)


def _photo(user: User) -> int:
    """A plain card that says it is made up, kept in the county's region."""
    upload = SimpleUploadedFile("演示照片.jpg", card(), content_type="image/jpeg")
    return store_document(upload, kind="photos", user=user, region_id=COUNTY).pk


def _share(one: Assessment, percent: int) -> dict[str, Score]:
    return {code: Score(-(-item.most * percent // 100)) for code, item in one.points_sheet.items.items()}
