"""What may happen to two rights and their money, and what must be true at every moment (test_conservation.py)."""

import datetime as dt

from django.db import transaction
from django.db.models import Count, F, Sum
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits import actions as rights
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.benefits.tests.making import NURSING, VILLAGE, grant_nursing, make_person
from minzheng.foundation.benefits.timeline import Span, Why, owed_in
from minzheng.foundation.ledger.models import Account, Posting
from minzheng.foundation.payments import actions, recoveries
from minzheng.foundation.payments.models import Arrear, Batch, PaymentLine, Recovery
from minzheng.foundation.payments.prove import prove, prove_cash
from minzheng.foundation.payments.tests.office import Office, answer_text

FIRST = dt.date(2026, 1, 1)
OTHER_VILLAGE = "431228107203"
NAMES = ("甲", "乙")
WHO = st.sampled_from(NAMES)
AMOUNT = st.integers(1, 50_000)
BACK = st.integers(0, 4)
CODE = st.sampled_from(["00", "00", "00", "01", "04"])


class Life(RuleBasedStateMachine):
    """Two people with a right each, in two counties with a finance office each. `month` is the next one to run."""

    offices: list[Office]
    approver = None

    @initialize()
    def begin(self):
        self.month = FIRST
        self.rights = {name: self.granted(name, 7000) for name in NAMES}

    def granted(self, name, fen, region=VILLAGE, person=None):
        person = person or make_person(name, region)
        right = grant_nursing(self.approver, fen, applied_on=f"{self.today}", person=person)
        if right.region_id != region:
            Entitlement.objects.filter(pk=right.pk).update(region_id=region)
            right.refresh_from_db()
        return right

    @property
    def today(self):
        return self.month.replace(day=10)

    def back(self, count):
        return add_months(self.month, -count)

    def why(self):
        return Why("story", "测试", self.today)

    def may(self, work):
        """Refusing is always allowed; losing money is not."""
        try:
            with transaction.atomic():
                return work()
        except Refused:
            return None

    # What happens to rights

    @rule(who=WHO, fen=AMOUNT)
    def change_amount(self, who, fen):
        self.may(
            lambda: rights.change_amount(self.approver, self.rights[who], amount_fen=fen, why=self.why())
        )

    @rule(who=WHO, count=BACK, fen=AMOUNT)
    def back_date(self, who, count, fen):
        spans = [Span(self.back(count), None, fen)]
        self.may(lambda: rights.restate(self.approver, self.rights[who], spans=spans, why=self.why()))

    @rule(who=WHO, count=BACK, left=st.sampled_from([0, 0, 3000]))
    def death(self, who, count, left):
        died_on = self.back(count).replace(day=20)
        self.may(
            lambda: rights.on_death(
                self.approver, self.rights[who], died_on=died_on, why=self.why(), recomputed_fen=left
            )
        )

    @rule(who=WHO)
    def suspend(self, who):
        self.may(
            lambda: rights.suspend(self.approver, self.rights[who], from_month=self.month, reason="查找")
        )

    @rule(who=WHO, pay_held=st.booleans())
    def resume(self, who, pay_held):
        self.may(
            lambda: rights.resume(
                self.approver, self.rights[who], from_month=self.month, pay_held=pay_held, why=self.why()
            )
        )

    @rule(who=WHO, count=BACK)
    def end(self, who, count):
        self.may(lambda: rights.end(self.approver, self.rights[who], on=self.back(count), reason="review"))

    @rule(who=WHO)
    def void(self, who):
        self.may(lambda: rights.void(self.approver, self.rights[who], reason="fraud"))

    @rule(who=WHO, fen=AMOUNT)
    def enrol_again(self, who, fen):
        right = self.rights[who]
        going_on = Entitlement.objects.filter(person=right.person, until_month=None).exclude(state=State.VOID)
        if not going_on.exists():
            made = self.may(lambda: self.granted(who, fen, right.region_id, right.person))
            self.rights[who] = made or right

    @rule(who=WHO, count=st.integers(0, 2))
    def hand_over(self, who, count):
        """Moved `count` months ago: the old county's last month is that of the move, the new one's first the next."""
        right, moved = self.rights[who], self.back(count)
        if right.state not in (State.ACTIVE, State.SUSPENDED) or right.since_month > moved:
            return
        there = OTHER_VILLAGE if right.region_id == VILLAGE else VILLAGE

        def move():
            ended = rights.end(self.approver, right, on=moved, reason="move")
            spans = [Span(add_months(moved, 1), None, 6000)]
            person = ended.person
            person.region_id = there
            person.save()
            return rights.grant(
                self.approver, person, code=NURSING.code, amount_fen=6000, spans=spans, why=self.why(),
                applied_on=add_months(moved, 1),
            )  # fmt: skip

        self.rights[who] = self.may(move) or right

    @rule(who=WHO, number=st.sampled_from(["", "6230901111111111111", "6230902222222222222"]))
    def change_account(self, who, number):
        person = self.rights[who].person
        person.refresh_from_db()
        person.bank_account = number
        person.save()

    # What the finance offices do

    @rule(code=CODE, who=WHO)
    def pay_the_month(self, code, who):
        """Both counties run the month; the bank answers `code` for one of the two people."""
        for office in self.offices:
            self.may(lambda office=office: self.run(office, "monthly", self.month, {who: code}))
        self.month = add_months(self.month, 1)

    @rule(code=CODE, who=WHO)
    def reissue(self, code, who):
        for office in self.offices:
            self.may(lambda office=office: self.run(office, "reissue", self.back(1), {who: code}))

    def run(self, office, kind, month, codes):
        batch = office.make(f"{month:%Y-%m}", kind=kind)
        if not batch.payable_count + batch.held_count:
            raise Refused("nothing to pay")  # the draft goes with it
        office.send(office.freeze(batch))
        if batch.payable_count:
            text = answer_text(batch, codes)
            for _ in range(2):  # the same answer twice has one effect
                office.answer(batch, text=text)

    @rule(count=BACK, who=WHO)
    def send_back(self, count, who):
        """Frozen, overtaken by the end of a right, sent back and thrown away."""

        def do():
            office = self.offices[0]
            batch = office.freeze(office.make(f"{self.month:%Y-%m}"))
            rights.end(self.approver, self.rights[who], on=self.back(count), reason="review")
            actions.discard(office.maker, actions.send_back(office.checker, batch, reason="有变化"))

        self.may(do)

    @rule()
    def give_back(self):
        for one in self.asked():
            self.may(
                lambda one=one: recoveries.record_return(self.offices[0].maker, one, receipt=f"收据{one.pk}")
            )

    @rule()
    def write_off(self):
        """Proposed by one; refused to the same person, approved by another."""
        maker, checker = self.offices[0].maker, self.offices[0].checker
        for one in self.asked():
            if self.may(lambda one=one: recoveries.propose_write_off(maker, one, reason="生活困难")):
                assert self.may(lambda one=one: recoveries.approve_write_off(maker, one)) is None
                assert self.may(lambda one=one: recoveries.approve_write_off(checker, one))

    def asked(self):
        return list(Recovery.objects.filter(state="open", unpaid_line=None))

    # What must be true at every moment

    @invariant()
    def every_entry_balances_and_nothing_is_below_zero(self):
        assert Posting.objects.aggregate(fen=Sum("amount_fen", default=0))["fen"] == 0
        assert not Posting.objects.values("entry").annotate(fen=Sum("amount_fen")).exclude(fen=0).exists()
        assert not Account.objects.exclude(kind="source").filter(balance_fen__lt=0).exists()
        off = Account.objects.annotate(fen=Sum("postings__amount_fen", default=0)).exclude(
            balance_fen=F("fen")
        )
        assert not off.exists()

    @invariant()
    def every_month_that_was_run_adds_up(self):
        run = Batch.objects.exclude(state="draft").filter(kind="monthly").values_list("month", flat=True)
        for month in set(run):
            for proof in prove(month):
                assert proof.holds or not proof.is_run, (month, proof)
        for cash in prove_cash():
            assert cash.holds, cash

    @invariant()
    def nobody_is_paid_twice_for_a_month(self):
        lines = PaymentLine.objects.filter(kind="regular").values("person", "benefit", "month")
        assert not lines.annotate(count=Count("pk")).filter(count__gt=1).exists()
        for person, owed, paid, asked in self.balances():
            assert paid - asked <= owed, person

    def balances(self):
        """Per person, over the months that their counties have run: owed, what left the house, what is settled."""
        for right in self.rights.values():
            mine = Entitlement.objects.filter(person=right.person_id)
            left = PaymentLine.objects.filter(person=right.person_id, state="paid")
            settled = Recovery.objects.filter(
                person=right.person_id, state__in=["open", "returned", "written_off"], unpaid_line=None
            )
            months = [add_months(FIRST, number) for number in range(-4, 60)]
            owed = sum(owed_in(one, month) for one in mine for month in months if month < self.month)
            yield (
                right.person_id,
                owed,
                *(rows.aggregate(fen=Sum("amount_fen", default=0))["fen"] for rows in (left, settled)),
            )

    @invariant()
    def no_back_pay_stands_beside_an_open_recovery_of_the_same_month(self):
        open_arrears = Arrear.objects.filter(line=None, voided_at=None)
        for arrear in open_arrears:
            assert not Recovery.objects.filter(
                entitlement=arrear.entitlement_id, month=arrear.month, state="open", unpaid_line=None
            ).exists()
