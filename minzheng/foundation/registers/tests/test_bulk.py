"""One action over many rows: said before, done once each, and refusals told row by row."""

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.registers.models import Job, JobState
from minzheng.foundation.registers.tests.conftest import OTHER_TOWNSHIP
from tests.club.models import Level

BULK = "/desk/registers/club/bulk"


def test_it_says_what_will_happen_before_anything_happens(log_in, member):
    row = member("A1")
    page = log_in("clerk").post(BULK, {"action": "leave", "keys": [row.pk]})
    assert "退会后不再收取年费" in page.content.decode() and page.context["count"] == 1
    row.refresh_from_db()
    assert row.is_active


def test_it_does_it_to_each_chosen_row_with_an_audit_entry_each(log_in, member):
    rows = [member(f"A{n}") for n in range(3)]
    clerk = log_in("clerk")
    clerk.post(
        BULK, {"action": "leave", "keys": [row.pk for row in rows[:2]], "count": "2", "reason": "搬走"}
    )
    job = Job.objects.get()
    assert (job.state, job.result["done"]) == (JobState.DONE, 2)
    for row in rows:
        row.refresh_from_db()
    assert [row.is_active for row in rows] == [False, False, True]
    assert AuditEntry.objects.filter(action="club.leave").count() == 2


def test_it_takes_everything_that_matches_and_only_in_scope(log_in, member):
    mine, other = member("A1", level=Level.JUNIOR), member("A2")
    abroad = member("A3", level=Level.JUNIOR, region_id=OTHER_TOWNSHIP)
    log_in("clerk").post(
        f"{BULK}?level=junior", {"action": "leave", "all": "1", "count": "1", "reason": "搬走"}
    )
    for row in (mine, other, abroad):
        row.refresh_from_db()
    assert [mine.is_active, other.is_active, abroad.is_active] == [False, True, True]


def test_it_asks_again_when_the_list_has_changed_since(log_in, member):
    member("A1")
    clerk = log_in("clerk")
    member("A2")
    page = clerk.post(BULK, {"action": "leave", "all": "1", "count": "1", "reason": "搬走"})
    assert "现在是 2 人" in page.content.decode()
    assert not Job.objects.exists()


def test_it_tells_why_one_row_was_refused_and_does_the_others(log_in, member):
    kept, gone = member("A1", level=Level.HONORARY), member("A2")
    clerk = log_in("clerk")
    clerk.post(BULK, {"action": "leave", "keys": [kept.pk, gone.pk], "count": "2", "reason": "搬走"})
    job = Job.objects.get()
    assert (job.result["done"], job.result["refused"]) == (1, 1)
    assert "荣誉会员由理事会决定去留" in clerk.get(f"/desk/registers/club/jobs/{job.pk}").content.decode()
    kept.refresh_from_db()
    assert kept.is_active


def test_it_ignores_rows_of_another_township_among_the_chosen(log_in, member):
    row = member("A1", region_id=OTHER_TOWNSHIP)
    page = log_in("clerk").post(
        BULK, {"action": "leave", "keys": [row.pk, "abc"], "count": "2", "reason": "搬走"}, follow=True
    )
    assert "还没有选中任何一行" in page.content.decode()


def test_it_does_one_row_from_its_own_page_and_not_twice(log_in, member):
    row = member("A1")
    address = f"/desk/registers/club/rows/{row.pk}/act/leave"
    clerk = log_in("clerk")
    assert clerk.post(address, {"reason": ""}).status_code == 422
    assert clerk.post(address, {"reason": "搬走"}).status_code == 302
    assert "可能已经办过" in clerk.post(address, {"reason": "搬走"}).content.decode()
    assert AuditEntry.objects.filter(action="club.leave").count() == 1


def test_it_hides_the_action_from_who_may_not(log_in, member):
    row = member("A1")
    assert (
        log_in("auditor")
        .post(f"/desk/registers/club/rows/{row.pk}/act/leave", {"reason": "搬走"})
        .status_code
        == 403
    )
    assert log_in("auditor").get("/desk/registers/club/").context["bulk_actions"] == []
