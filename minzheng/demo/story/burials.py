"""What families, a village and an agency ask of the county after a death: one case of each item that waits. All invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from minzheng.business.funeral.models import Reception, ReceptionState, Use
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.demo.county.numbers import IdNumbers
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region

BORN_IN = "431229"  # 靖州: nobody of the generated county has a number of that place
PHONE = "13974500010"
STATED = {"relation": "子女", "phone": PHONE, "promise": True}
HANDLER = {"handler_name": "杨再兴", "handler_phone": PHONE}
CEMETERY = {"planned": 120, "area": 2_400, "land_no": "虚构（演示）林地〔2026〕18号", "villagers_only": True}
AGENCY = {"services": "代办死亡登记、殡仪馆预约、骨灰安放手续，家属委托的告别布置", "promise": True}
ECO = {
    "method": "tree",
    "proof_no": "晃生态葬〔2026〕12号",
    "bank_name": "新晃农商行",
    "bank_account": "6217000010009900115",
}


class Burials:
    def __init__(self, officers: Officers, days: Days) -> None:
        self.officers, self.today = officers, days.today
        self.village, self.ids = Region.objects.get(code=VILLAGE), IdNumbers()
        self.before = workdays_before(days.today, 2)

    def person(self, name: str, sex: str, born: dt.date, **more: Any) -> Person:
        return Person.objects.create(
            name=name, sex=sex, birth_date=born, id_no=self.ids.next(BORN_IN, born, sex), region=self.village, **more
        )  # fmt: skip

    def of_family(self, item: str, name: str, dead: Person, paper: str = "", **answers: Any) -> Case:
        """Handed in today at the window of the township for somebody of the family."""
        clerk = self.officers.on("clerk", self.today)
        family = self.person(name, "1", dt.date(1972, 4, 16))
        case = open_case(clerk, item, family, self.village, Channel.DESK)
        stated = {"deceased_name": dead.name, "deceased_id_no": dead.id_no}
        return self._send(clerk, case, STATED | stated | answers, paper)

    def of_account(self, item: str, owner: Organisation, answers: dict[str, Any], place: Facility | None = None, *papers: str) -> Case:  # fmt: skip
        """Handed in by the organisation itself, from an account that visitors may use."""
        person = self.person(HANDLER["handler_name"], "1", dt.date(1981, 9, 3))
        password = self.officers.users["helper"].password
        user = User.objects.create(
            username=f"funeral{item[-1]}", display_name=owner.name[:30], person=person, password=password
        )
        Assignment.objects.create(
            user=user, role=Role.INSTITUTION, region_id=COUNTY, organisation=owner, since=dt.date(2024, 1, 1)
        )
        own = Access(user, self.before)
        return self._send(
            own, open_case(own, item, owner, self.village, facility=place), HANDLER | answers, *papers
        )

    def _send(self, access: Access, case: Case, answers: dict[str, Any], *papers: str) -> Case:
        save_draft(access, case, answers)
        for key in filter(None, papers):
            case.materials.create(document=self.officers.photo("clerk"), key=key, added_on=access.today)
        submit(access, case)
        return case


@transaction.atomic
def ask_for_burials(officers: Officers, days: Days) -> int:
    """After `run_funerals`; returns how many cases wait: F1 and F6 at the counter, F2 … F5 with the county."""
    ask = Burials(officers, days)
    burnt = Reception.objects.filter(state=ReceptionState.CREMATED).select_related("person").order_by("pk")
    verified, waiting = burnt[:2]
    lies = (
        Reception.objects.filter(state=ReceptionState.HELD).select_related("person").order_by("pk")[0].person
    )
    cases = [
        ask.of_family("F1", "吴修文", lies, services=["遗体接运", "遗体火化"]),
        ask.of_family("F2", "龙章平", verified.person, "proof", **ECO, done_on=_day(verified)),
        ask.of_family("F2", "姚本善", waiting.person, "proof", **ECO, done_on=_day(waiting)),
    ]
    do_move(officers.on("reviewer", ask.today), cases[1], "verify", {"finding": "已到生态安葬区查看，属实。"})
    abroad = ask.person("舒阳生", "1", dt.date(1949, 2, 7))
    cases.append(
        ask.of_family(
            "F3", "舒孝安", abroad, "death", from_place="广东省东莞市", certificate_no="粤莞医证0311"
        )
    )
    committee = Organisation.objects.create(
        uscc=with_checks("54431227ME900021"), name="晃洲镇新村村民委员会", kind="public", region=ask.village
    )
    ground = Facility.objects.create(
        kind="village_cemetery", name="新村第二公益性公墓", region=ask.village, organisation=committee,
        address="晃洲镇新村岩背坡", longitude=109.186, latitude=27.345, opened_on=ask.before,
    )  # fmt: skip
    cases.append(ask.of_account("F4", committee, CEMETERY, ground, "plan", "land"))
    agency = Organisation.objects.create(
        uscc=with_checks("92431227MA900022"), name="晃洲镇孝诚礼仪服务部", kind="company", region=ask.village
    )
    cases.append(ask.of_account("F5", agency, AGENCY))
    ends = (
        Use.objects.filter(until__gt=ask.today)
        .select_related("person", "spot__place__facility")
        .order_by("until")[0]
    )
    born = ends.person.birth_date or dt.date(1925, 3, 1)
    ends.person.id_no = ask.ids.next(BORN_IN, born, ends.person.sex)
    ends.person.save(update_fields=["id_no"])
    where = ends.spot.place.facility.name
    cases.append(ask.of_family("F6", "蒲家旺", ends.person, place_name=where, years=20))
    return len(cases)


def _day(burnt: Reception) -> str:
    assert burnt.cremated_on is not None, "its state says so"
    return burnt.cremated_on.isoformat()
