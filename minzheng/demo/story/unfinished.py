"""Cases left open at every step, so that whoever logs in finds something to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.models import Case
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import Household, LifeEventKind
from minzheng.foundation.regions.models import prefix_of, within


class Unfinished:
    """Each method leaves one case at the step that its title names."""

    def __init__(self, officers: Officers, days: Days) -> None:
        self.officers, self.days, self.today = officers, days, days.today

    def ago(self, workdays: int) -> dt.date:
        return workdays_before(self.today, workdays)

    def all(self, families: list[Household]) -> Iterator[tuple[str, Case]]:
        """(what is to do, case) for each, one family apiece; a step without a family left is skipped."""
        for (title, leave), family in zip(self.steps(), families, strict=False):
            yield title, leave(family)

    def steps(self) -> list[tuple[str, Callable[[Household], Case]]]:
        """Publicity first: the first families are those of the village where the helper of the cast works."""
        return [
            ("公示中", self.in_publicity),
            ("公示期满，待报审核确认", self.publicised),
            ("草稿，等经办人填完", self.draft),
            ("待受理", self.to_accept),
            ("已一次性告知补正，等申请人", self.in_correction),
            ("待入户调查", self.to_survey),
            ("入户调查已超期", self.overdue),
            ("待提出初审意见", self.to_propose),
            ("公示有异议，待核实", self.objected),
            ("待县级审核确认", self.to_confirm),
            ("待县级审核确认", self.to_confirm),
        ]

    def draft(self, family: Household) -> Case:
        return self.officers.open(family, self.ago(1))

    def to_accept(self, family: Household) -> Case:
        case = self.officers.open(family, self.ago(1))
        self.officers.submit(case, self.ago(1))
        return case

    def in_correction(self, family: Household) -> Case:
        case = self.officers.open(family, self.ago(4), bank_account="", bank_name="")
        self.officers.submit(case, self.ago(4))
        self.officers.move(case, "clerk", "ask_correction", self.ago(3), also="请补交户主近期诊断证明。")
        return case

    def to_survey(self, family: Household) -> Case:
        return self._accepted(family, self.ago(1))

    def overdue(self, family: Household) -> Case:
        return self._accepted(family, self.ago(9))

    def to_propose(self, family: Household) -> Case:
        return self._surveyed(family, self.ago(2))

    def in_publicity(self, family: Household) -> Case:
        return self._posted(family, self.today - dt.timedelta(days=3))

    def publicised(self, family: Household) -> Case:
        return self._posted(family, self.today - dt.timedelta(days=9))

    def objected(self, family: Household) -> Case:
        case = self._posted(family, self.today - dt.timedelta(days=5))
        self.officers.move(
            case, "clerk", "object", self.ago(1), content="群众反映这家在县城另有一套住房，请核实。"
        )
        return case

    def to_confirm(self, family: Household) -> Case:
        posted = self.today - dt.timedelta(days=12)
        case = self._posted(family, posted)
        self.officers.close(case, posted + dt.timedelta(days=8))
        return case

    def refused(self, family: Household) -> Case:
        """Not entitled, told why: the notice waits to be delivered."""
        case = self._surveyed(family, self.ago(6))
        self.officers.propose(case, self.ago(4), "propose_refuse")
        self.officers.decide(case, self.ago(1), "refuse")
        return case

    def bereaved(self, case: Case) -> Case:
        """A member of a family that was just granted dies: the review opens by itself."""
        assert case.household is not None
        last = case.household.members_on(self.today).last()
        assert last is not None
        clerk = self.officers.on("clerk", self.today)
        record_life_event(clerk, last.person, LifeEventKind.DEATH, self.ago(2), "殡葬火化信息")
        case.refresh_from_db()
        return case

    def _accepted(self, family: Household, day: dt.date) -> Case:
        case = self.officers.open(family, workdays_before(day, 1))
        self.officers.submit(case, workdays_before(day, 1))
        self.officers.accept(case, day)
        return case

    def _surveyed(self, family: Household, day: dt.date) -> Case:
        case = self._accepted(family, workdays_before(day, 2))
        self.officers.survey(case, day)
        return case

    def _posted(self, family: Household, day: dt.date) -> Case:
        case = self._surveyed(family, workdays_before(day, 2))
        self.officers.propose(case, workdays_before(day, 1))
        self.officers.post(case, day)
        return case


def not_entitled_families(prefix: str, count: int) -> list[Household]:
    """Families of two or more with a car and no right, for a refusal that is easy to understand."""
    holders = Entitlement.objects.filter(household__isnull=False).values("household")
    return list(
        Household.objects.filter(within(prefix_of(prefix)), fact_sheets__values__cars=1)
        .exclude(pk__in=holders)
        .exclude(head__phone="")
        .select_related("head", "region")
        .order_by("pk")[:count]
    )
