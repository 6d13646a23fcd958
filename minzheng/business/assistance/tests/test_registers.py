"""The list of dibao families: what each month is worth, and who may see it."""

import datetime as dt

import pytest

from minzheng.business.assistance.registers import RECIPIENTS, families
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.people.models import Household, Membership

LIST = "/desk/registers/dibao/"


@pytest.fixture
def family(cast):
    """杨秀英 and her daughter, with 630.00 a month from last month on."""
    head, child = cast["xiuying"].person, cast["helper"].person
    household = Household.objects.create(region=head.region, category="rural", head=head, since="2020-01-01")
    for person, relation in ((head, "户主"), (child, "女儿")):
        Membership.objects.create(household=household, person=person, relation=relation, since="2020-01-01")
    return Entitlement.objects.create(
        benefit="dibao", household=household, person=head, payee=head, region=head.region,
        grade="A", since_month=month(-1), case_number="A1-1",
    )  # fmt: skip


def month(distance):
    """The first day of the month that lies so many months from this one."""
    today = dt.date.today()
    count = today.year * 12 + today.month - 1 + distance
    return dt.date(count // 12, count % 12 + 1, 1)


def worth(entitlement, fen, first, last=None):
    return EntitlementAmount.objects.create(
        entitlement=entitlement, from_month=first, until_month=last, amount_fen=fen,
        reason="new", cite="民发〔2021〕57号 第二十三条", decided_on=first,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([(630_00, -1, None)], 630_00),
        ([(630_00, 0, 0)], 630_00),
        ([(630_00, -1, -1)], None),
        ([(630_00, 1, None)], None),
        ([(630_00, -1, -1), (700_00, 0, 0), (800_00, 1, None)], 700_00),
    ],
)
def test_it_shows_what_this_month_is_worth(family, spans, shown):
    for fen, first, last in spans:
        worth(family, fen, month(first), None if last is None else month(last))
    assert families().get().amount_now == shown


def test_it_leaves_a_superseded_amount_out(family):
    old = worth(family, 630_00, month(-1))
    EntitlementAmount.objects.filter(pk=old.pk).update(superseded_at=dt.datetime.now(dt.UTC))
    worth(family, 700_00, month(-1))
    assert families().get().amount_now == 700_00


def test_it_lists_only_dibao_of_the_own_region(client, cast, family):
    family.pk, family.benefit = None, "tekun"
    family.save()
    client.force_login(cast["clerk"])
    page = client.get(LIST)
    assert [row.cells[0].text for row in page.context["rows"]] == ["杨秀英"]
    client.force_login(cast["outsider"])
    assert client.get(LIST).context["rows"] == []


def test_it_records_a_look_at_the_whole_family(client, cast, family):
    client.force_login(cast["clerk"])
    client.get(LIST)
    people = sorted([cast["xiuying"].person_id, cast["helper"].person_id])
    assert AuditEntry.objects.get(action="dibao.list").persons == people


def test_it_answers_404_to_the_next_county(client, cast, family):
    for who, status in (("clerk", 200), ("finance", 200), ("outsider", 404), ("province", 403)):
        client.force_login(cast[who])
        assert client.get(f"{LIST}rows/{family.pk}").status_code == status, who


def test_it_takes_no_entry_by_hand(client, cast, family):
    client.force_login(cast["clerk"])
    assert client.get(f"{LIST}add").status_code == 404
    assert client.get(f"{LIST}import").status_code == 404
    assert RECIPIENTS.form is None


def test_it_shows_a_change_of_the_entitlement_in_its_history(client, cast, family):
    Entitlement.objects.filter(pk=family.pk).update(grade="B")
    client.force_login(cast["clerk"])
    (change,) = client.get(f"{LIST}rows/{family.pk}").context["changes"]
    assert [(d.label, d.before, d.after) for d in change.differences] == [("类别", "A", "B")]
