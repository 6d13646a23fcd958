"""Around the homes for the old: day care, mutual aid, clinics, training, inspections, estates, clues, complaints. All invented."""

from __future__ import annotations

import datetime as dt

from minzheng.business.elderly.basics.look import look_everywhere
from minzheng.business.elderly.daycare.models import Attendance, DayGuest
from minzheng.business.elderly.estates.models import GATES, Estate
from minzheng.business.elderly.fraud.models import Clue
from minzheng.business.elderly.institutions.models import CarePlace
from minzheng.business.elderly.medical.models import ClinicContract, HomeClinic
from minzheng.business.elderly.mutual.models import Duty, MutualActivity, MutualHelper
from minzheng.business.elderly.oversight.models import Inspection, Penalty
from minzheng.business.elderly.training.models import Course, Trainee
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.accounts.models import User
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import within
from minzheng.foundation.services.models import Complaint, Order, Representative

NAMES = ("杨秀莲", "吴桂芝", "姚本清", "蒲祖德", "龙小妹", "舒春兰", "田茂林", "曾凡英")
ACTIVITIES = (
    ("meal", "重阳节一起吃饭", 26), ("health", "卫生院来量血压、讲高血压用药", 19), ("safety", "防诈骗：保健品和“投资养老”", 22),
    ("help", "理发、剪指甲", 14),
)  # fmt: skip
# (name, households, days since the homes were delivered, gates passed, new, what is wrong)
ESTATES = (
    ("龙溪花园", 620, 400, 5, True, ""), ("舞水新城", 1180, 210, 4, True, ""), ("夜郎家园", 340, 95, 2, True, "用房被物业改作仓库，已责令腾退"),
    ("滨江府", 860, -120, 1, True, ""), ("锦绣晃州", 450, 2600, 4, False, ""), ("老纺织厂宿舍", 210, 9000, 0, False, "没有规划用房，拟购置一楼门面"),
)  # fmt: skip


def write_elder_network(today: dt.date) -> str:
    """Returns what to say of it."""
    elders = list(
        Person.objects.filter(
            within(COUNTY[:6]), died_on=None, birth_date__lte=today - dt.timedelta(days=25_500)
        )
        .exclude(id_no__isnull=True)
        .exclude(pk__in=CarePlace.objects.values("person"))
        .order_by("birth_date", "id")[:80]
    )
    days = _day_care(elders[:18], today)
    turns = _mutual_aid(today)
    _clinics(elders, today)
    _training(today)
    _inspected(today)
    _estates(today)
    _clues(today)
    _complained(today)
    _represented(elders[18:20], today)
    look_everywhere(today)
    return f"日间照料 {days} 人次，互助值班 {turns} 班，小区 {len(ESTATES)} 个"


def _day_care(elders: list[Person], today: dt.date) -> int:
    centres = list(Facility.objects.filter(within(COUNTY[:6]), kind="day_care").order_by("pk")[:2])
    if not centres:
        return 0
    runs_them = Organisation.objects.filter(name="新晃夜郎居家养老服务中心").first()
    Facility.objects.filter(pk__in=[one.pk for one in centres]).update(organisation=runs_them)
    guests = DayGuest.objects.bulk_create(
        DayGuest(
            facility=centres[number % len(centres)], region_id=centres[number % len(centres)].region_id, person=person,
            contact="女儿", day_fee_fen=1500, since=today - dt.timedelta(days=120),
        )
        for number, person in enumerate(elders)
    )  # fmt: skip
    came = [
        Attendance(guest=one, facility_id=one.facility_id, region_id=one.region_id, on=day, meals=1 + number % 2, fee_fen=1500)
        for number, one in enumerate(guests)
        for day in (today - dt.timedelta(days=back) for back in range(60))
        if day.weekday() < 5 and (day.toordinal() + number) % 4 and day < today
    ]  # fmt: skip
    return len(Attendance.objects.bulk_create(came))


def _mutual_aid(today: dt.date) -> int:
    points = list(Facility.objects.filter(within(COUNTY[:6]), kind="mutual_aid").order_by("pk")[:6])
    helpers = MutualHelper.objects.bulk_create(
        MutualHelper(
            facility=point, region_id=point.region_id, name=NAMES[(number * 3 + one) % len(NAMES)], helps=2 + one,
            phone=f"1397450{number}{one:03}", since=today - dt.timedelta(days=300),
        )
        for number, point in enumerate(points)
        for one in range(3)
    )  # fmt: skip
    turns = [
        Duty(
            helper=helper, region_id=helper.region_id, on=today + dt.timedelta(days=3 * turn + number % 3),
            kept=None if turn >= 0 else number != 4, seen=0 if turn >= 0 else 3 + number % 4,
        )
        for number, helper in enumerate(helpers)
        for turn in range(-4, 3)
    ]  # fmt: skip
    MutualActivity.objects.bulk_create(
        MutualActivity(
            facility=point, region_id=point.region_id, on=today - dt.timedelta(days=5 + 9 * number), kind=kind, title=title,
            attended=attended,
        )
        for number, (kind, title, attended) in enumerate(ACTIVITIES)
        for point in points[number % 2 :: 2]
    )  # fmt: skip
    return len(Duty.objects.bulk_create(turns))


def _clinics(elders: list[Person], today: dt.date) -> None:
    ClinicContract.objects.bulk_create(
        ClinicContract(
            id_no=one.id_no, name=one.name, region_id=one.region_id, clinic="晃洲镇中心卫生院", team=f"家庭医生{number % 5 + 1}组",
            since=today - dt.timedelta(days=350 - number * 4), until=today + dt.timedelta(days=14 + number * 4),
        )
        for number, one in enumerate(elders)
    )  # fmt: skip
    homes = Facility.objects.filter(within(COUNTY[:6]), kind="elder_home").order_by("pk")[:3]
    HomeClinic.objects.bulk_create(
        HomeClinic(
            facility=one, region_id=one.region_id, clinic="新晃县人民医院", services="每周巡诊、双向转诊、健康档案",
            since=today - dt.timedelta(days=300), until=today + dt.timedelta(days=20 + 200 * number),
        )
        for number, one in enumerate(homes)
    )  # fmt: skip


def _training(today: dt.date) -> None:
    base = Facility.objects.create(
        kind="elder_training_base", name="新晃县养老护理员培训基地", region_id=VILLAGE, opened_on=dt.date(2022, 9, 1),
        address="县职业中专内", counts={"seats": 40}, longitude=109.172, latitude=27.358,
    )  # fmt: skip
    courses = Course.objects.bulk_create(
        Course(
            facility=base, region_id=base.region_id, title=title, trade=trade, since=today - dt.timedelta(days=ago),
            until=today - dt.timedelta(days=ago - 10), hours=hours,
        )
        for title, trade, ago, hours in (
            ("养老护理员初级班（第3期）", "carer", 60, 80), ("养老院院长安全管理班", "director", 30, 24),
            ("老年社会工作实务班", "social", 4, 40),
        )
    )  # fmt: skip
    Trainee.objects.bulk_create(
        Trainee(
            course=course, region_id=base.region_id, name=name, id_no=f"4312271985{number:02}0{row}00{number}X",
            employer="安康颐养院" if row % 2 else "晃洲镇敬老院", points=None if number == 2 else 52 + row * 6,
            passed_on=course.until if number < 2 and 52 + row * 6 >= 60 else None,
        )
        for number, course in enumerate(courses)
        for row, name in enumerate(NAMES)
    )  # fmt: skip


def _inspected(today: dt.date) -> None:
    homes = list(Facility.objects.filter(within(COUNTY[:6]), kind="elder_home").order_by("pk"))
    pair = [Person.objects.get(accounts__username=name) for name in ("reviewer", "clerk")]
    seen = (
        ("good", "台账齐全，现场整洁"),
        ("order", "二楼疏散指示灯两处不亮"),
        ("mended", "食品留样少一餐，当场补做"),
    )
    Inspection.objects.bulk_create(
        Inspection(
            facility=home, region_id=home.region_id, seed=f"{COUNTY[:6]}-{today - dt.timedelta(days=50):%Y%m%d}-1",
            drawn_on=today - dt.timedelta(days=50), due_on=today - dt.timedelta(days=20), first=pair[0], second=pair[1],
            done_on=today - dt.timedelta(days=35), result=result, finding=finding,
            mend_by=today - dt.timedelta(days=15) if result == "order" else None,
            mended_on=today - dt.timedelta(days=18) if result == "order" else None,
        )
        for home, (result, finding) in zip(homes, seen, strict=False)
    )  # fmt: skip
    if len(homes) > 3:
        Inspection.objects.create(
            facility=homes[3], region_id=homes[3].region_id, seed=f"{COUNTY[:6]}-{today:%Y%m%d}-2",
            drawn_on=today - dt.timedelta(days=3), due_on=today + dt.timedelta(days=17), first=pair[0], second=pair[1],
        )  # fmt: skip
        Penalty.objects.create(
            facility=homes[3], region_id=homes[3].region_id, number=f"晃民罚〔{today.year}〕2号", kind="warning",
            reason="收住老年人后未按时备案", basis="养老机构管理办法（民政部令第66号）",
            decided_on=today - dt.timedelta(days=25), public_until=today + dt.timedelta(days=340),
        )  # fmt: skip


def _estates(today: dt.date) -> None:
    centres = list(
        Facility.objects.filter(within(COUNTY[:6]), kind="day_care").order_by("pk")[: len(ESTATES)]
    )
    places, used = [one.region_id for one in centres] or [VILLAGE], centres[0] if centres else None
    made = []
    for number_of, (name, households, ago, gates, is_new, problem) in enumerate(ESTATES):
        delivered = today - dt.timedelta(days=ago)
        passed = {
            f"{gate}_on": min(delivered, today) - dt.timedelta(days=30 * (gates - number))
            for number, gate in enumerate(GATES[:gates])
        }
        made.append(
            Estate(
                name=name, region_id=places[number_of % len(places)], is_new=is_new, households=households, delivered_on=delivered,
                developer="新晃县城建投资公司" if is_new else "", area=households // 4 if gates else 0, problem=problem,
                papers={gate: f"晃自然资规〔{delivered.year}〕{number + 3}号" for number, gate in enumerate(GATES[:gates])},
                facility=used if gates == len(GATES) else None, **passed,
            )
        )  # fmt: skip
    Estate.objects.bulk_create(made)


def _clues(today: dt.date) -> None:
    reviewer, ago = User.objects.get(username="reviewer").person, lambda days: today - dt.timedelta(days=days)
    home = Facility.objects.filter(name="安康颐养院（波洲店）").first()
    Clue.objects.bulk_create(
        [
            Clue(
                region_id=COUNTY, target="夕阳红健康体验馆", source="report", scheme="goods", told_on=ago(3),
                story="每天送鸡蛋，讲课卖床垫，说能治糖尿病，一张一万二。", elders=40, amount_fen=48_000_000,
            ),
            Clue(
                region_id=home.region_id if home else VILLAGE, facility=home, target="安康颐养院（波洲店）", source="prepaid",
                scheme="service", told_on=ago(15), story="会员费余额达到预警线。", elders=6, amount_fen=10_800_000, state="ordered",
                checked_on=ago(12), checked_by=reviewer, finding="会员费没有存管，已责令15日内存入专户或退还。",
            ),
            Clue(
                region_id=COUNTY, target="金色晚年康养基地项目", source="office", scheme="project", told_on=ago(140),
                story="推介“养老基地”，承诺年息12%。", elders=23, amount_fen=186_000_000, state="filed", checked_on=ago(136),
                checked_by=reviewer, finding="没有取得任何许可，以投资养老为名吸收资金。", handed_to="police", handed_on=ago(134),
                letter_no=f"晃民函〔{today.year}〕8号", filed_on=ago(120), case_no=f"晃公（经）立字〔{today.year}〕15号",
            ),
            Clue(
                region_id=VILLAGE, target="长寿磁疗店", source="visit", scheme="goods", told_on=ago(60), story="免费体验，推销磁疗鞋。",
                elders=12, amount_fen=1_560_000, state="closed", checked_on=ago(57), checked_by=reviewer,
                finding="虚假宣传。", handed_to="market", handed_on=ago(56), letter_no=f"晃民函〔{today.year}〕11号",
                closed_on=ago(20), result="市场监管部门立案处罚，退还货款。", recovered_fen=1_240_000,
            ),
        ]
    )  # fmt: skip


def _complained(today: dt.date) -> None:
    order = Order.objects.filter(within(COUNTY[:6]), state="confirmed").order_by("pk").first()
    if order is not None:
        Complaint.objects.create(
            order=order, text="来晚了一个小时，没有提前打电话。", made_by=User.objects.get(username="helper"),
            made_on=today - dt.timedelta(days=2), due_on=today + dt.timedelta(days=3),
        )  # fmt: skip


def _represented(elders: list[Person], today: dt.date) -> None:
    """A daughter orders for her mother; a nephew waits until the elder was asked."""
    helper, agents = User.objects.get(username="helper"), ("xiuying", "helper")
    for elder, name in zip(elders, agents, strict=False):
        agent = Person.objects.get(accounts__username=name)
        agreed = name == "xiuying"
        Representative.objects.create(
            agent=agent, elder=elder, region_id=elder.region_id, kin="child" if agreed else "other",
            asked_on=today - dt.timedelta(days=30 if agreed else 1), confirmed_on=today - dt.timedelta(days=28) if agreed else None,
            confirmed_by=helper if agreed else None,
        )  # fmt: skip
