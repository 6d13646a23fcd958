"""A registry office is opened and a registrar appointed by the county; a group wedding has its quota."""

import datetime as dt

import pytest

from minzheng.business.marriage.models import Registrar, Registry
from minzheng.business.marriage.offices import appoint, close_office, dismiss
from minzheng.business.marriage.tests.couples import COUNTY, marry, person
from minzheng.foundation.actions import Refused
from minzheng.foundation.booking.actions import Guest, book, open_counter
from minzheng.foundation.booking.models import Booking, Counter, Hours, Slot

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 10, 20)


FACTS = {"region": COUNTY, "name": "新晃县婚姻登记处", "code": "431227", "address": "人民路1号"}
LOGIN = "django.contrib.auth.backends.ModelBackend"


def test_an_office_is_opened_by_the_approver_with_its_own_code(client, cast):
    def sends(login, **more):
        client.force_login(cast[login], backend=LOGIN)
        answers = FACTS | {"phone": "", "is_foreign": "no", "designated_by": ""} | more
        return client.post("/desk/registers/marriage_registries/add", answers).status_code

    assert [sends(login) for login in ("registrar", "reviewer", "clerk")] == [403, 403, 403]
    assert sends("approver", is_foreign="yes") == 422  # designated by the province
    assert sends("approver", code="431228") == 422
    assert sends("approver") == 302
    assert sends("approver") == 422  # the same name
    assert Registry.objects.get().code == "431227"


def test_a_registrar_registers_from_the_day_of_the_appointment_to_the_day_before_its_end(access, cast):
    county = access("approver", ON)
    at = Registry.objects.create(region_id=COUNTY, **{key: FACTS[key] for key in ("name", "code", "address")})
    facts = {"certificate_no": "HN001", "since": ON}
    with pytest.raises(Refused, match="登记员"):
        appoint(county, at, username=cast["clerk"].username, **facts)
    with pytest.raises(Refused, match="没有这个账号"):
        appoint(county, at, username="nobody", **facts)
    appoint(county, at, username=cast["registrar"].username, **facts)
    with pytest.raises(Refused, match="已经在任"):
        appoint(county, at, username=cast["registrar"].username, **facts)
    appoint(county, at, username=cast["registrar2"].username, certificate_no="HN002", since=ON)
    held = Registrar.objects.get(user=cast["registrar"])
    dismiss(county, held, until=dt.date(2026, 12, 1))
    held.refresh_from_db()
    assert [held.holds_on(dt.date(2026, 11, 30)), held.holds_on(dt.date(2026, 12, 1))] == [True, False]
    man, woman = person("龙大山", "1995-03-01", 1), person("吴小妹", "1996-04-02", 2)
    with pytest.raises(Refused, match="不是新晃县婚姻登记处现任"):
        marry(access("registrar", dt.date(2026, 12, 1)), at, man, woman, second=cast["registrar2"])
    close_office(county, at, closed_on=dt.date(2026, 12, 31))
    at.refresh_from_db()
    assert at.closed_on == dt.date(2026, 12, 31)
    assert not Registrar.objects.filter(registry=at, until=None).exists()


@pytest.mark.covers("S-148", by="minzheng/business/marriage/bookings.py", screen="/portal/bookings/")
def test_couples_enrol_for_a_group_wedding_until_it_is_full(access):
    county = access("approver", ON)
    counter = Counter(kind="group_wedding", region_id=COUNTY, name="龙溪古镇集体婚礼", address="龙溪口")
    hours = Hours(since=ON, starts="10:00", ends="11:00", minutes=60, quota=2)
    open_counter(county, counter, [hours])
    slot = Slot.objects.filter(counter=counter).first()
    couples = [
        (
            person(f"龙{one}山", "1995-03-01", 11 + 2 * number),
            person(f"吴{one}妹", "1996-04-02", 12 + 2 * number),
        )
        for number, one in enumerate("大小新")
    ]
    for couple in couples[:2]:
        book(county, Booking(slot_id=slot.pk), [Guest(one.name, one.id_no) for one in couple])
    with pytest.raises(Refused, match="约满"):
        book(county, Booking(slot_id=slot.pk), [Guest(one.name, one.id_no) for one in couples[2]])
