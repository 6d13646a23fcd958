"""The pages by which families, the hotline, providers, centres and homes do their own work."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from minzheng.business.elderly.daycare.models import Attendance, DayGuest
from minzheng.business.elderly.institutions.models import Check, Prepaid, Staff
from minzheng.business.elderly.institutions.tests.making import account, home, organisation
from minzheng.demo.cast import VILLAGE
from minzheng.foundation.documents.models import Document
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.models import Person
from minzheng.foundation.services.models import Amendment, Contract, Needs, Order, Representative, Worker
from minzheng.foundation.services.tests.workplace import Workplace
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

pytestmark = pytest.mark.django_db
TODAY = dt.date.today()
NUMBER = "431227194001030018"


@pytest.fixture
def page(cast):
    def of(user):
        client = Client()
        client.force_login(user)
        return client

    return of


@pytest.fixture
def place(cast):
    made = Workplace("夜郎社工", 1)
    made.contract.since, made.contract.until = TODAY, TODAY + dt.timedelta(days=200)
    made.contract.save()
    return made


@pytest.fixture
def elder(cast):
    return Person.objects.create(
        name="吴老太",
        birth_date=dt.date(1940, 1, 3),
        region_id=VILLAGE,
        hukou_region_id=VILLAGE,
        id_no=NUMBER,
    )


def shot():
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    return SimpleUploadedFile("a.jpg", file.getvalue(), "image/jpeg")


def posted(client, at, act, **said):
    """The act's form, as its page posts it."""
    answer = client.post(at, {"deed": act} | {f"{act}-{key}": value for key, value in said.items()})
    return answer.status_code


@pytest.mark.covers("S-063", by="minzheng/online/portal/services", screen="/portal/services/")
def test_a_relative_orders_once_the_elder_was_asked_and_agreed(page, cast, place, elder, access):
    me, at = page(cast["xiuying"]), "/portal/services/family/"
    said = {"name": "吴老太", "id_no": NUMBER, "kin": "child"}
    assert posted(me, at, "represent", **said | {"name": "别人"}, proofs=shot()) == 422
    assert posted(me, at, "represent", **said) == 422, "without a proof"
    assert posted(me, at, "represent", **said, proofs=shot()) == 302
    new = f"/portal/services/new/{elder.pk}/"
    assert me.get(new).status_code == 404, "nothing before the elder agreed"
    task = Task.objects.get(kind="elderly.representative")
    record_visit(access("helper"), task, VisitDraft("agrees", position=Position(27.3, 109.2)))
    assert Representative.objects.get().state == "有效"
    assert me.get(new).status_code == 200
    order = {"kind": "bath", "payer": "self", "provider": "any"}
    assert posted(me, new, "ask", **order) == 422, "who pays names who comes"
    assert posted(me, new, "ask", **order | {"provider": str(place.provider.pk)}) == 302
    assert "吴老太" in me.get("/portal/services/").content.decode()
    assert (Order.objects.get().channel, Order.objects.get().person) == ("family", elder)
    assert posted(me, f"{at}{Representative.objects.get().pk}/", "end", reason="搬走了") == 302
    assert me.get(new).status_code == 404


@pytest.mark.covers("S-100", by="minzheng/online/desk/services", screen="/desk/services/hotline/")
def test_the_hotline_orders_for_whom_the_caller_names(page, cast, place, elder):
    desk, at = page(cast["helper"]), "/desk/services/hotline/"
    said = {
        "elder": "吴老太", "caller_relation": "子女", "caller": "杨大山", "caller_phone": "13974512340",
        "kind": "bath", "payer": "purchase", "provider": "any",
    }  # fmt: skip
    twin = Person.objects.create(name="吴老太", birth_date=dt.date(1942, 1, 1), region_id=VILLAGE)
    assert (
        "不止一位"
        in desk.post(at, {"deed": "take"} | {f"take-{k}": v for k, v in said.items()}).content.decode()
    )
    twin.delete()
    assert posted(desk, at, "take", **said) == 302
    order = Order.objects.get()
    assert (order.person, order.channel, order.caller) == (elder, "hotline", "杨大山")
    shown = desk.get(f"/desk/services/orders/{order.pk}/").content.decode()
    assert "杨大山（子女）" in shown and '<details class="card choice-card">' in shown, (
        "calling off is folded"
    )
    assert posted(page(cast["outsider"]), at, "take", **said) in (403, 422)
    assert desk.get("/desk/dispatch/").status_code == 200


@pytest.mark.covers("S-065", by="minzheng/foundation/services", screen="/desk/registers/service-contracts/")
def test_a_contract_is_signed_and_changed_and_its_provider_registers_who_comes(page, cast, place, elder):
    desk = page(cast["reviewer"])
    said = {
        "number": "晃民购1号", "title": "助浴", "uscc": place.provider.uscc, "kinds": ["bath"],
        "since": TODAY.isoformat(), "until": (TODAY + dt.timedelta(days=30)).isoformat(), "amount_fen": "1000",
        "deliverables": "按月完成",
    }  # fmt: skip
    assert posted(desk, "/desk/services/contracts/new/", "sign", **said) == 302
    assert posted(desk, "/desk/services/contracts/new/", "sign", **said) == 422, "the same number"
    contract = Contract.objects.get(number="晃民购1号")
    amended = {
        "signed_on": TODAY.isoformat(), "until": (TODAY + dt.timedelta(days=90)).isoformat(),
        "amount_fen": "2000", "reason": "增加服务量",
    }  # fmt: skip
    desk.post(f"/desk/registers/service-contracts/rows/{contract.pk}/act/amend", amended)
    contract.refresh_from_db()
    kept = Amendment.objects.get()
    assert (contract.amount_fen, kept.amount_fen_before, kept.amount_fen) == (200_000, 100_000, 200_000)
    phone = page(place.user)
    worker = {"name": "杨帆", "id_no": NUMBER, "since": TODAY.isoformat()}
    assert posted(phone, "/provider/workers/", "add", **worker) == 302
    added = Worker.objects.get(name="杨帆")
    assert posted(phone, "/provider/workers/", "leave", worker=str(added.pk), until=TODAY.isoformat()) == 302
    assert posted(desk, f"/desk/services/new/{elder.pk}/", "needs", needs=["care", "social"]) == 302
    assert Needs.objects.get().needs == ["care", "social"]


def test_a_centre_ticks_off_its_guests_and_a_stranger_sees_none(page, cast, elder):
    owner = organisation()
    centre = Facility.objects.create(
        kind="day_care",
        name="晃洲日间照料",
        region_id=VILLAGE,
        organisation=owner,
        opened_on=dt.date(2026, 1, 5),
    )
    own, at = page(account(owner)), f"/desk/elders/day-care/{centre.pk}/"
    assert own.get("/desk/elders/day-care/").url == at
    assert posted(own, at, "enrol", id_no=NUMBER, name="吴老太", contact="女儿", day_fee_fen="5") == 302
    guest = DayGuest.objects.get()
    assert own.post(at, {f"came-{guest.pk}": "1", f"meals-{guest.pk}": "2"}).status_code == 302
    assert (Attendance.objects.get().meals, Attendance.objects.get().fee_fen) == (2, 500)
    assert own.post(at, {f"came-{guest.pk}": "1", f"meals-{guest.pk}": "4"}).status_code == 422
    assert "吴老太" in own.get(at).content.decode()
    assert page(cast["outsider"]).get(at).status_code == 404
    assert page(account(organisation())).get(at).status_code == 404
    assert page(cast["clerk"]).get("/desk/elders/basics/").status_code == 200
    assert page(cast["approver"]).get("/desk/oversight/").status_code == 200


def test_a_home_mends_returns_and_registers_its_people_by_its_own_account(page, cast):
    where = home()
    own = page(account(where.facility.organisation))
    Check.objects.create(home=where, kind="patrol", done_on=TODAY, done_by="院长", hazards="灭火器过期")
    Prepaid.objects.create(home=where, kind="deposit", fen=100_000, paid_on=TODAY)
    at, today = f"/desk/homes/{where.pk}/do", TODAY.isoformat()
    check, prepaid = Check.objects.get(), Prepaid.objects.get()
    said = {"check": str(check.pk), "mended_on": today}
    asked = own.get(f"{at}/mended/").content.decode()
    assert 'type="file" name="proofs"' in asked and 'enctype="multipart/form-data"' in asked
    assert own.post(f"{at}/mended/", said).status_code == 422, "a picture is asked for"
    undated = own.post(f"{at}/mended/", {"check": said["check"], "proofs": shot()})
    kept = Document.objects.get(kind="proofs")
    assert undated.status_code == 422, "the date is asked for"
    assert f'name="proofs_kept" value="{kept.pk}"' in undated.content.decode(), "the picture is not lost"
    assert own.post(f"{at}/mended/", said | {"proofs_kept": str(kept.pk)}).status_code == 302
    check.refresh_from_db()
    assert (check.mended_on, check.proofs.get(), kept.region_id) == (TODAY, kept, where.facility.region_id)
    back = {"prepaid": str(prepaid.pk), "fen": "600", "returned_on": today}
    assert own.post(f"{at}/returned/", back).status_code == 302
    assert own.post(f"{at}/returned/", back).status_code == 422, "more than was kept"
    new = {"name": "杨帆", "id_no": NUMBER, "role": "carer", "since": today}
    assert own.post(f"{at}/staff/", new).status_code == 302
    staff = Staff.objects.get(name="杨帆")
    assert own.post(f"{at}/left/", {"staff": str(staff.pk), "until": today}).status_code == 302
    staff.refresh_from_db()
    assert staff.until == TODAY
