"""Who receives money for whom: the guardian's account is paid as long as a confirmed guardianship holds."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.people.named import Named


class Ground(models.TextChoices):
    MINOR = "minor", "未成年人"
    INCAPABLE = "incapable", "无民事行为能力"
    LIMITED = "limited", "限制民事行为能力"


class State(models.TextChoices):
    ENTERED = "entered", "待确认"
    CONFIRMED = "confirmed", "代领中"
    ENDED = "ended", "已结束"


@with_history
class Guardianship(Named):
    """`person` is the ward. `until` is the first day on which the ward's own account is paid again."""

    guardian_name = models.CharField("监护人姓名", max_length=60)
    guardian_id_no = EncryptedTextField("监护人身份证号", kind="id_no", max_length=18)
    guardian = models.ForeignKey(
        Person, models.PROTECT, verbose_name="监护人", null=True, blank=True, related_name="guardianships"
    )
    relation = models.CharField("与本人的关系", max_length=30)
    ground = models.CharField("代领原因", max_length=10, choices=Ground.choices)
    proof = models.CharField("监护证明", max_length=120)
    since = models.DateField("监护开始日期")
    until = models.DateField("结束日期", null=True, blank=True)
    ended_for = models.CharField("结束原因", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ENTERED)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="登记人", null=True, related_name="+")
    checker = models.ForeignKey(
        Person, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "监护人代领"
        indexes = [models.Index(fields=["region", "id"], name="guardianship_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="confirmed"), name="one_guardian_is_paid"
            ),
            models.CheckConstraint(condition=~Q(guardian=F("person")), name="nobody_is_the_own_guardian"),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="guardian_by_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(state="entered") | Q(checker__isnull=False), name="guardian_is_confirmed"
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.guardian = (
            Person.objects.filter(id_no=self.guardian_id_no).first() if self.guardian_id_no else None
        )
        wrong = {}
        if self.person is None:
            wrong["id_no"] = "人员库里没有这个人，请先在人员台账登记。"
        if self.guardian is None:
            wrong["guardian_id_no"] = "人员库里没有监护人，请先登记监护人和他的银行账户。"
        elif self.guardian == self.person:
            wrong["guardian_id_no"] = "监护人不能是本人，请核对身份证号。"
        elif self.guardian.died_on is not None:
            wrong["guardian_id_no"] = "监护人已登记去世，请另行确定监护人。"
        if self.state != State.ENTERED:
            wrong["proof"] = "已经确认的不能修改。换监护人的，先结束原来的，再另行登记。"
        if wrong:
            raise ValidationError(wrong)


def guardian_of(ward: int, on: dt.date) -> Person | None:
    """Whose account is paid for this person on a day; None: the own."""
    held = Guardianship.objects.filter(person=ward, state=State.CONFIRMED, since__lte=on).select_related(
        "guardian"
    )
    one = held.first()
    return one.guardian if one else None
