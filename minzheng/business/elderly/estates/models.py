"""An estate and its rooms for the old: planned, built, accepted, handed over with the homes, and used."""

from __future__ import annotations

from itertools import pairwise

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


class Gate(models.TextChoices):
    """In this order. The first four are the 四同步; planned, built, handed over and used are the four rates of S-099."""

    PLAN = "plan", "规划"
    BUILD = "build", "建设"
    ACCEPT = "accept", "验收"
    HAND = "hand", "移交"
    USE = "use", "使用"


GATES = tuple(Gate.values)


@with_history
class Estate(models.Model):
    """`delivered_on` is the day on which its homes are (to be) handed to the buyers; rooms for the old come by then.

    `area` is what was planned or accepted last, in square metres; how much is due follows from `households` and the standard.
    """

    name = models.CharField("小区", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在社区（村）", related_name="+")
    is_new = models.BooleanField("新建小区", default=True)
    households = models.PositiveIntegerField("户数")
    delivered_on = models.DateField("住宅交付日期")
    developer = models.CharField("建设单位", max_length=100, blank=True)
    area = models.PositiveIntegerField("养老用房面积（平方米）", default=0)
    plan_on = models.DateField("规划", null=True, blank=True)
    build_on = models.DateField("建设", null=True, blank=True)
    accept_on = models.DateField("验收", null=True, blank=True)
    hand_on = models.DateField("移交", null=True, blank=True)
    use_on = models.DateField("使用", null=True, blank=True)
    papers = models.JSONField("各关口的文件", default=dict, blank=True)
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="开办的设施", null=True, blank=True, related_name="estates"
    )
    problem = models.CharField("问题", max_length=200, blank=True)

    class Meta:
        app_label = "elderly"
        verbose_name = "住宅小区养老设施"
        indexes = [models.Index(fields=["region", "id"], name="estate_region")]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="one_estate_of_a_name"),
            models.CheckConstraint(condition=Q(households__gt=0), name="estate_has_households"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{later}_on": None})
                    | Q(**{f"{earlier}_on__isnull": False, f"{later}_on__gte": F(f"{earlier}_on")}),
                    name=f"estate_{later}_after_{earlier}",
                )
                for earlier, later in pairwise(GATES)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def gate(self) -> str:
        """The last gate that it has passed; "" for none."""
        return next((gate for gate in reversed(GATES) if getattr(self, f"{gate}_on")), "")

    @property
    def next_gate(self) -> str:
        return next((gate for gate in GATES if not getattr(self, f"{gate}_on")), "")
