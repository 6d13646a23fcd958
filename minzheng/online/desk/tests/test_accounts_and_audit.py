"""Accounts, roles and the audit trail: who may change whose role, and that each change leaves its trace."""

import datetime as dt

import pytest

from minzheng.demo.cast import COUNTY, SIBLING_COUNTY, TOWNSHIP
from minzheng.foundation.accounts.models import Assignment, RoleRequest, User
from minzheng.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
TODAY = dt.date.today()


def role(name, region):
    return {"role": name, "region": region, "since": TODAY.isoformat()}


def errors(response):
    return response.context["form"].non_field_errors() + [
        text
        for name in response.context["form"].fields
        for text in response.context["form"].errors.get(name, [])
    ]


def test_one_asks_and_another_grants_on_the_page(as_user, cast, access):
    as_user("admin").post(f"/desk/accounts/{cast['helper'].pk}/ask/", role("township_clerk", TOWNSHIP))
    assert not access("helper").may("register.export", TOWNSHIP)
    waiting = RoleRequest.objects.get()
    assert "待核准" in as_user("security").get("/desk/accounts/").content.decode()

    as_user("security").post(f"/desk/accounts/requests/{waiting.pk}/", {"grant": "1"})

    assert access("helper").may("register.export", TOWNSHIP)
    asked, granted = AuditEntry.objects.filter(action__endswith="_role").order_by("pk")
    assert (asked.actor, granted.actor, granted.region) == (cast["admin"], cast["security"], TOWNSHIP)


def test_a_refusal_tells_the_asker_why(as_user, cast):
    as_user("admin").post(f"/desk/accounts/{cast['helper'].pk}/ask/", role("township_clerk", TOWNSHIP))
    waiting = RoleRequest.objects.get()

    as_user("security").post(f"/desk/accounts/requests/{waiting.pk}/", {"refuse": "1", "reason": "岗位已满"})

    assert "岗位已满" in as_user("admin").get(f"/desk/accounts/{cast['helper'].pk}/").content.decode()


def test_it_closes_an_account_and_opens_it_again(as_user, cast):
    as_user("admin").post(f"/desk/accounts/{cast['clerk'].pk}/close/")
    page = as_user("admin").get(f"/desk/accounts/{cast['clerk'].pk}/").content.decode()
    assert "账号已停用" in page

    as_user("admin").post(f"/desk/accounts/{cast['clerk'].pk}/close/")
    cast["clerk"].refresh_from_db()
    assert cast["clerk"].is_active


def test_it_ends_a_role_at_once_and_keeps_the_row(as_user, cast, access):
    held = Assignment.objects.get(user=cast["clerk"])
    as_user("admin").post(f"/desk/accounts/roles/{held.pk}/end/")
    held.refresh_from_db()
    assert held.until == TODAY
    assert not access("clerk").may("case.handle")


def test_it_refuses_a_role_at_the_wrong_level(as_user, cast):
    response = as_user("admin").post(
        f"/desk/accounts/{cast['clerk2'].pk}/ask/", role("county_reviewer", TOWNSHIP)
    )
    assert "应任命在县（市、区）一级" in errors(response)[0]


def test_it_refuses_a_role_outside_the_administrators_region(as_user, cast):
    response = as_user("admin").post(
        f"/desk/accounts/{cast['clerk'].pk}/ask/", role("county_reviewer", SIBLING_COUNTY)
    )
    assert "您的辖区内没有这个区划" in errors(response)[0]


def test_it_keeps_the_three_administrators_apart(as_user, cast):
    as_user("admin").post(f"/desk/accounts/{cast['clerk'].pk}/ask/", role("security_admin", COUNTY))
    response = as_user("admin").post(f"/desk/accounts/{cast['clerk'].pk}/ask/", role("audit_admin", COUNTY))
    assert "等保三员" in errors(response)[0]


def test_it_lets_nobody_change_the_own_role(as_user, cast):
    response = as_user("admin").post(f"/desk/accounts/{cast['admin'].pk}/ask/", role("finance", COUNTY))
    assert "不能变更自己的账号和任职" in errors(response)[0]


def test_it_opens_an_account_whose_password_is_shown_once(as_user, cast):
    person = cast["xiuying"].person
    answers = {"username": "yangxy", "display_name": person.name, "id_no": person.id_no}
    response = as_user("admin").post("/desk/accounts/new/", answers | role("finance", COUNTY))
    opened = User.objects.get(username="yangxy")
    assert opened.check_password(response.context["password"])
    assert opened.person == person


def test_it_opens_no_account_when_the_role_does_not_fit(as_user, cast):
    person = cast["xiuying"].person
    answers = {"username": "yangxy", "display_name": person.name, "id_no": person.id_no}
    response = as_user("admin").post("/desk/accounts/new/", answers | role("village_helper", COUNTY))
    assert "应任命在村（社区）一级" in errors(response)[0]
    assert not User.objects.filter(username="yangxy").exists()


def test_it_shows_accounts_to_administrators_only(as_user):
    assert as_user("clerk").get("/desk/accounts/").status_code == 403


def test_it_shows_the_auditor_who_looked_at_whom(as_user, cast):
    as_user("clerk").get(f"/desk/people/{cast['xiuying'].person_id}/")
    rows = as_user("auditor").get("/desk/audit/?actor=clerk&kind=read").context["rows"]
    assert [(entry.title, subject) for entry, subject, _ in rows] == [("查看个人档案", "人员")]


def test_it_keeps_another_countys_trail_from_the_auditor(as_user, cast):
    AuditEntry.objects.create(action="x", title="芷江县的操作", region=SIBLING_COUNTY)
    rows = as_user("auditor").get("/desk/audit/").context["rows"]
    assert "芷江县的操作" not in [entry.title for entry, _, _ in rows]


def test_it_records_that_the_auditor_looked(as_user, cast):
    as_user("auditor").get("/desk/audit/")
    assert AuditEntry.objects.filter(actor=cast["auditor"], action="audit.read").exists()
