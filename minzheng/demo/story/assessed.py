"""Two old people who asked to be assessed, one at the sheet, one not accepted yet; and who has vouchers for care at home."""

from __future__ import annotations

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.business.elderly.institutions.models.beds import CarePlace
from minzheng.demo.cast import TOWNSHIP, VILLAGE
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Channel
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import within

OLD = 75


def ask_for_assessment(officers: Officers, days: Days) -> list[str]:
    """Numbers of the cases; the first is at the sheet (/desk/ability/NUMBER/)."""
    born = days.today.replace(year=days.today.year - OLD, day=1)
    known = Assessment.objects.values("person_id").union(CarePlace.objects.values("person_id"))
    elders = Person.objects.filter(region_id=VILLAGE, died_on=None, birth_date__lt=born)
    clerk = officers.on("clerk", workdays_before(days.today, 2))
    numbers: list[str] = []
    for elder in elders.exclude(pk__in=known).order_by("birth_date", "id")[:2]:
        case = open_case(clerk, "E3", elder, elder.region, Channel.DESK)
        answers = {"address": elder.address or "新村", "phone": elder.phone or "14400001234"}
        save_draft(clerk, case, answers | {"assessment_reason": "首次评估", "agreed": True})
        submit(clerk, case)
        if not numbers:
            do_move(clerk, case, "accept")
        numbers.append(case.number)
    return numbers


def give_vouchers(officers: Officers, days: Days) -> int:
    """Three elders of the township have this month's voucher (moderate loss of ability or worse); a fourth waits."""
    on = workdays_before(days.today, 4)
    able = Assessment.objects.filter(
        within(TOWNSHIP[:9]),
        level__gte=2,
        valid_until__gte=days.today,
        person__died_on=None,
        person__care_beds=None,
    )
    elders = [one.person for one in able.select_related("person__region").order_by("pk")[:4]]
    for number, elder in enumerate(elders):
        case = open_case(officers.on("clerk", on), "E2V", elder, elder.region, Channel.DESK)
        answers = {"address": elder.address or "新村", "phone": elder.phone or "14400001234", "promise": True}
        save_draft(officers.on("clerk", on), case, answers)
        submit(officers.on("clerk", on), case)
        do_move(officers.on("clerk", on), case, "accept")
        do_move(officers.on("township", on), case, "propose_grant", {"opinion": "评估结论有效，住在家里。"})
        if number < 3:
            do_move(officers.on("approver", days.today), case, "grant", {"opinion": "同意。"})
    return len(elders)
