"""What can be done on a home's page: the questions of each, and the action that takes the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import F

from minzheng.business.elderly.institutions import forms
from minzheng.business.elderly.institutions.actions.beds import add_beds, occupy
from minzheng.business.elderly.institutions.actions.residents import (
    admit,
    leave,
    report_accident,
    return_prepaid,
    take_prepaid,
)
from minzheng.business.elderly.institutions.actions.safety import mend, record_check
from minzheng.business.elderly.institutions.actions.staff import add_staff, staff_leaves
from minzheng.business.elderly.institutions.models import (
    Bed,
    BedState,
    Check,
    Home,
    Prepaid,
    Resident,
    Staff,
    Stay,
)
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.actions import Refused
from minzheng.foundation.forms import Question
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.people.models import Person
from minzheng.online.ui.deeds import Answers, Deed, by_name

T = TypeVar("T")


def free_beds(home: Home) -> tuple[tuple[Any, str], ...]:
    beds = home.beds.filter(state__in=[BedState.FREE, BedState.RESERVED]).order_by("kind", "number")
    return tuple((bed.pk, f"{bed.number}（{bed.get_kind_display()}）") for bed in beds)


def _bed_question(home: Home, *, required: bool) -> tuple[Question, ...]:
    beds = free_beds(home)
    return (Question("bed", "床位", "choice", options=beds, required=required),) if beds else ()


def _admission(home: Home) -> tuple[Question, ...]:
    return (*forms.ADMISSION, *_bed_question(home, required=False))


def _moving(resident: Resident) -> tuple[Question, ...]:
    return (
        *_bed_question(resident.home, required=True),
        Question("since", "从哪天起", "date", tense="past"),
    )


def _admit(access: Any, home: Home, answers: Answers) -> Resident:
    given = dict(answers)
    bed = Bed.objects.get(home=home, pk=given.pop("bed")) if given.get("bed") else None
    given.pop("bed", None)
    name = given.pop("name")
    with beyond_region("按完整身份证号查人：一个人在全国只建一份档案"):
        person = Person.objects.filter(id_no=given.pop("id_no")).first()
    # One answer for both, so that nobody learns here whether a number is known.
    if person is None or person.name != name:
        raise Refused(
            {
                "id_no": "没有找到姓名和号码都相符的人员档案。请对照身份证核对；还没有建档的，请乡镇（街道）先登记人员。"
            }
        )
    made: Resident = admit(access, home, person=person, bed=bed, **given)
    return made


def _occupy(access: Any, resident: Resident, answers: Answers) -> Stay:
    bed = Bed.objects.get(home=resident.home, pk=answers["bed"])
    made: Stay = occupy(access, resident, bed, answers["since"])
    return made


def _open_hazards(home: Home) -> dict[str, Check]:
    return {str(one.pk): one for one in home.checks.exclude(hazards="").filter(mended_on=None)}


def _mending(home: Home) -> tuple[Question, ...]:
    options = tuple((key, f"{one}：{one.hazards[:40]}") for key, one in _open_hazards(home).items())
    return (
        Question("check", "哪一处隐患？", "choice", options=options or NOTHING),
        Question("mended_on", "整改完成日期", "date", tense="past"),
        Question("proofs", "整改后的照片", "files", keep_capture=True),
    )


def _mend(access: Any, home: Home, answers: Answers) -> None:
    mend(access, _one(_open_hazards(home), answers["check"]), answers["mended_on"], answers["proofs"])


def _kept(home: Home) -> dict[str, Prepaid]:
    rows = home.prepaid.filter(returned_fen__lt=F("fen")).select_related("resident__person")
    return {str(one.pk): one for one in rows.order_by("paid_on", "pk")}


def _returning(home: Home) -> tuple[Question, ...]:
    options = tuple(
        (key, f"{one}，还有{yuan(one.fen - one.returned_fen)}元没有退") for key, one in _kept(home).items()
    )
    return (
        Question("prepaid", "哪一笔？", "choice", options=options or NOTHING),
        Question("fen", "退了多少", "money", min=1),
        Question("returned_on", "退款日期", "date", tense="past"),
    )


def _return(access: Any, home: Home, answers: Answers) -> None:
    return_prepaid(access, _one(_kept(home), answers["prepaid"]), answers["fen"], answers["returned_on"])


def _on_duty(home: Home) -> dict[str, Staff]:
    return {str(one.pk): one for one in home.staff.filter(until=None).order_by("role", "name")}


def _leaving_staff(home: Home) -> tuple[Question, ...]:
    options = tuple((key, str(one)) for key, one in _on_duty(home).items())
    return (
        Question("staff", "谁？", "choice", options=options or NOTHING),
        Question("until", "离岗日期", "date", tense="past"),
    )


def _staff_left(access: Any, home: Home, answers: Answers) -> None:
    staff_leaves(access, _one(_on_duty(home), answers["staff"]), until=answers["until"])


def _one(rows: Mapping[str, T], key: str) -> T:
    if key not in rows:
        raise Refused("这里没有可以办理的了，请返回机构页面。")
    return rows[key]


NOTHING = (("", "没有可以办理的"),)
HOME = (
    Deed("admit", "办理入住", "", _admit, questions=_admission, lead="入住前先做能力评估、签订服务合同。",
         done=lambda made: f"已办理{made.person.name}入住。"),
    Deed("beds", "登记床位", "", by_name(add_beds), questions=forms.BEDS, done="已登记床位。"),
    Deed("check", "登记消防巡查、检查", "", by_name(record_check), questions=forms.CHECKING),
    Deed("accident", "报告事故", "", by_name(report_accident), questions=forms.ACCIDENT, done="已报告，县级民政部门会看到。"),
    Deed("prepaid", "登记预收费", "", by_name(take_prepaid), questions=forms.PREPAID),
    Deed("returned", "登记退款", "", _return, questions=_returning, done="已登记退款。",
         lead="退给老人的押金、预收服务费和会员费，分次退的分次登记。"),
    Deed("mended", "登记隐患整改", "", _mend, questions=_mending, done="已登记整改完成。",
         lead="改完以后拍一张照片，县级民政部门看得到。"),
    Deed("staff", "登记工作人员", "", by_name(add_staff), questions=forms.STAFF),
    Deed("left", "登记离岗", "", _staff_left, questions=_leaving_staff, done="已登记离岗。"),
)  # fmt: skip
RESIDENT = (
    Deed("bed", "安排床位", "", _occupy, questions=_moving, lead="护理型床位须有在有效期内的能力评估，达到中度失能及以上。",
         done=lambda stay: f"已安排到{stay.bed.number}床。"),
    Deed("leave", "办理离院", "", by_name(leave), questions=forms.LEAVING, done=lambda gone: f"已办理{gone.person.name}离院。"),
)  # fmt: skip
