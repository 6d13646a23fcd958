"""Old people who asked to be assessed, one at the sheet, one not accepted yet; who has vouchers, who the subsidy in cash."""

from __future__ import annotations

import datetime as dt

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.business.elderly.basics.look import look_everywhere
from minzheng.business.elderly.institutions.models.beds import CarePlace
from minzheng.demo.cast import COUNTY, TOWNSHIP, VILLAGE
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.benefits.models import Entitlement
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


# Level, then points of self-care, movement, mind and senses (GB/T 42195—2022: 46–65, 30–45, 0–29).
POOR = ((2, 20, 9, 16, 7), (3, 12, 6, 14, 6), (2, 22, 8, 18, 8), (4, 6, 3, 9, 4), (3, 13, 6, 15, 7))


def subsidise_care(officers: Officers, days: Days) -> int:
    """Poor old people who were found to need care: four have the subsidy in cash, a fifth waits for the county (E2)."""
    elders = _poor_and_old(days)
    staff = [officers.users[name].person for name in ("clerk", "clerk2", "reviewer")]
    on = workdays_before(days.apply, 8)
    Assessment.objects.bulk_create(
        Assessment(
            person=elder, region_id=elder.region_id, reason="首次评估", assessed_on=on,
            valid_until=on + dt.timedelta(days=364), selfcare=selfcare, movement=movement, mind=mind, senses=senses,
            points=selfcare + movement + mind + senses, first_level=level, level=level,
            assessor=staff[0], second=staff[1], supervisor=staff[2],
        )
        for elder, (level, selfcare, movement, mind, senses) in zip(elders, POOR, strict=False)
    )  # fmt: skip
    for number, elder in enumerate(elders):
        case = open_case(officers.on("clerk", days.apply), "E2", elder, elder.region, Channel.DESK)
        account = {"bank_name": "新晃农商银行", "bank_account": f"62140015800{elder.pk % 10**8:08d}"}
        answers = {"address": elder.address or "新村", "phone": elder.phone or "14400001234", "promise": True}
        save_draft(officers.on("clerk", days.apply), case, answers | account)
        submit(officers.on("clerk", days.apply), case)
        officers.move(case, "clerk", "accept", days.accept)
        officers.move(
            case, "township", "propose_grant", days.propose, opinion="低保老人，评估为中度以上失能。"
        )
        if number < len(POOR) - 1:
            officers.move(case, "approver", "grant", days.decide, opinion="同意。")
    look_everywhere(days.today)  # the list of basic services says who has it now
    return len(elders)


def _poor_and_old(days: Days) -> list[Person]:
    """Of families on dibao in the township; nobody who holds a right or a place that excludes it."""
    held = Entitlement.objects.filter(
        state="active", benefit__in=("tekun", "nursing_subsidy"), person__isnull=False
    )
    busy = held.values("person_id").union(
        CarePlace.objects.values("person_id"), Assessment.objects.values("person_id")
    )
    dibao = Entitlement.objects.filter(within(TOWNSHIP[:9]), state="active", benefit="dibao")
    poor = Person.objects.filter(
        memberships__until=None, memberships__household__in=dibao.values("household_id"), died_on=None,
        birth_date__lt=days.today.replace(year=days.today.year - OLD + 10, day=1), hukou_region__code__startswith=COUNTY[:6],
    )  # fmt: skip
    return list(poor.exclude(pk__in=busy).select_related("region").order_by("birth_date", "id")[: len(POOR)])
