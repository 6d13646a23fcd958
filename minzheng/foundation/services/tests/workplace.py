"""A provider with a contract, a worker and an account, and an order taken to any step."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.demo.cast import COUNTY
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.models import Person
from minzheng.foundation.services import actions
from minzheng.foundation.services.models import Contract, Order, Worker
from minzheng.foundation.tasks.visits import Position

HERE = Position(27.35, 109.17, 12)


class Workplace:
    """`Workplace("夜郎社工", 1)`; `.access(on)` is its account's."""

    def __init__(
        self, name: str, number: int, *, fen: int = 10_000_000, kinds: tuple[str, ...] = ("visit", "bath")
    ) -> None:
        code = with_checks(f"52431227MJ{number:06d}")
        self.provider = Organisation.objects.create(
            name=name, uscc=code, kind="service_body", region_id=COUNTY, bank_name="农商行",
            bank_account=f"8201{number:012d}",
        )  # fmt: skip
        self.contract = Contract.objects.create(
            number=f"2026-{number}", title=f"{name}购买服务", provider=self.provider, region_id=COUNTY,
            kinds=list(kinds), since=dt.date(2026, 1, 1), until=dt.date(2026, 12, 31), amount_fen=fen,
            deliverables="按月完成工单",
        )  # fmt: skip
        self.worker = Worker.objects.create(
            provider=self.provider, region_id=COUNTY, name="向梅", id_no="431227198506060022",
            since=dt.date(2025, 1, 1),
        )  # fmt: skip
        self.user = User.objects.create(username=f"provider{number}", display_name=name)
        Assignment.objects.create(
            user=self.user, role=Role.INSTITUTION, region_id=COUNTY, organisation=self.provider,
            since=dt.date(2025, 1, 1),
        )  # fmt: skip

    def access(self, on: dt.date) -> Access:
        return Access(self.user, on)

    def served(
        self, helper: Access, person: Person, on: dt.date, kind: str = "bath", hour: int = 9, **more: Any
    ) -> Order:
        """Asked by the helper, accepted, begun and finished within the hour."""
        order = actions.ask(helper, person, kind=kind, channel="helper", **more)
        own, begun = (
            self.access(on),
            dt.datetime.combine(on, dt.time(hour), dt.timezone(dt.timedelta(hours=8))),
        )
        actions.accept(own, order, worker=self.worker)
        actions.start(own, order, position=HERE, at=begun)
        order = Order.objects.get(pk=order.pk)
        order.finished_at, order.state = begun + dt.timedelta(minutes=50), "done"
        order.save()
        return order
