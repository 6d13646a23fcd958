"""An organisation has one record and a code that can be right; its account reaches its own and nothing else."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.actions import ask_role, grant_role
from minzheng.foundation.accounts.models import Role, RoleRequest, User
from minzheng.foundation.accounts.walls import entered
from minzheng.foundation.actions import Refused
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.organisations.actions import end_organisation, find_or_make, register_organisation
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import UsccError, parse_uscc, with_checks

COUNTY, VILLAGE = "431227000000", "431227107203"
GOOD = "51431227MJ00000187"  # handbook EX31


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("51431227MJ00000186", "校验不通过"),  # EX31: the last character is wrong
        ("51431227MJ0000018", "17位"),
        ("51431227MI00000187", "I"),
        ("52431227MJ00000187", "校验不通过"),
    ],
)
def test_it_refuses_a_code_that_cannot_be_right_and_says_where_to_look(typed, says):
    with pytest.raises(UsccError, match=says):
        parse_uscc(typed)


def test_it_reads_a_code_as_people_type_it():
    assert parse_uscc(" 51431227mj0000 0187 ") == GOOD
    assert parse_uscc(with_checks("52431227MJ000002")).startswith("52431227MJ000002")


def test_it_checks_the_subject_part_of_its_own():
    """A typing error in the subject part, made good in the last character: only GB 11714 finds it."""
    from stdnum.cn import uscc

    body = "51431227MJ0000028"
    with pytest.raises(UsccError, match="第9至17位"):
        parse_uscc(body + str(uscc.calc_check_digit(body)))


def test_it_is_registered_once(access):
    clerk = access("reviewer")
    one = find_or_make(clerk, uscc=GOOD, name="新晃县老年协会", region=VILLAGE)
    assert one.kind == "association"
    assert find_or_make(clerk, uscc=GOOD.lower(), name="新晃县老年协会", region=VILLAGE) == one
    with pytest.raises(Refused, match="登记的是“新晃县老年协会”"):
        find_or_make(clerk, uscc=GOOD, name="别的协会", region=VILLAGE)
    with pytest.raises(Refused, match="已经登记过"):
        register_organisation(clerk, Organisation(uscc=GOOD, name="别的协会", region_id=VILLAGE))
    with pytest.raises(ValidationError, match="51 开头的是社会团体"):
        Organisation(uscc=GOOD, name="新晃县老年协会", kind="company", region_id=VILLAGE).clean()


def test_it_ends_only_when_it_runs_nothing_more(access):
    reviewer = access("reviewer", dt.date(2026, 11, 2))
    one = find_or_make(reviewer, uscc=GOOD, name="新晃县老年协会", region=VILLAGE)
    home = Facility.objects.create(
        kind="elder_home", name="幸福院", region_id=VILLAGE, organisation=one, opened_on=dt.date(2026, 1, 1)
    )
    with pytest.raises(Refused, match="还有开着的设施"):
        end_organisation(reviewer, one, dt.date(2026, 11, 1))
    Facility.objects.filter(pk=home.pk).update(closed_on=dt.date(2026, 10, 1), state="closed")
    end_organisation(reviewer, one, dt.date(2026, 11, 1))
    assert not one.is_open_on(dt.date(2026, 11, 1)) and one.is_open_on(dt.date(2026, 10, 31))


def test_an_institutions_account_is_granted_by_two_and_for_one_organisation(access, cast):
    one = find_or_make(access("reviewer"), uscc=GOOD, name="新晃县老年协会", region=VILLAGE)
    user = User.objects.create(username="home", display_name="福利院")
    asked = {"user": user, "role": Role.INSTITUTION, "region_id": COUNTY, "since": dt.date(2020, 1, 1)}
    with pytest.raises(Refused, match="写明是哪个机构"):
        ask_role(access("admin"), RoleRequest(**asked))
    with pytest.raises(Refused, match="别的角色不填机构"):
        ask_role(access("admin"), RoleRequest(**asked | {"role": Role.VIEWER, "organisation": one}))
    grant_role(access("security"), ask_role(access("admin"), RoleRequest(**asked, organisation=one)))
    assert Access(user).organisations == {one.pk}


def test_an_institutions_account_sees_its_own_and_nothing_of_its_neighbour(access, cast):
    mine = find_or_make(access("reviewer"), uscc=GOOD, name="新晃县老年协会", region=VILLAGE)
    other = find_or_make(
        access("reviewer"), uscc=with_checks("52431227MJ000002"), name="邻居", region=VILLAGE
    )
    for owner in (mine, other):
        Facility.objects.create(
            kind="elder_home",
            name=owner.name,
            region_id=VILLAGE,
            organisation=owner,
            opened_on=dt.date(2026, 1, 1),
        )
    user = User.objects.create(username="home", display_name="福利院")
    user.assignments.create(
        role=Role.INSTITUTION, region_id=COUNTY, organisation=mine, since=dt.date(2020, 1, 1)
    )
    with entered(user.pk):  # behind the database's own wall, without any filter
        assert [one.name for one in Facility.objects.all()] == ["新晃县老年协会"]
        assert [one.pk for one in Organisation.objects.all()] == [mine.pk]
    with entered(user.pk, as_citizen=True):  # where it applies: its own name and places, no more (0019)
        assert [one.name for one in Facility.objects.all()] == ["新晃县老年协会"]
    user.assignments.update(until=dt.date(2026, 1, 1))
    with entered(user.pk):
        assert not Facility.objects.exists()
