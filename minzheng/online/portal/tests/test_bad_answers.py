"""A number that cannot be right is refused in words; the page and the application keep everything else."""

import datetime as dt

import pytest

from minzheng.foundation.cases.models import Case
from minzheng.foundation.people.id_numbers import check_character

TOMORROW = dt.date.today() + dt.timedelta(days=1)


def number(birth_date):
    first_17 = f"431227{birth_date:%Y%m%d}001"
    return first_17 + check_character(first_17)


def wrong_last_place(right):
    return right[:-1] + ("1" if right[-1] != "1" else "2")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (wrong_last_place(number(dt.date(1976, 5, 12))), "逐位核对"),
        (number(TOMORROW), "晚于今天"),
        ("4312271976051200", "18位"),
    ],
    ids=["wrong check digit", "born tomorrow", "two digits missing"],
)
def test_it_refuses_a_members_number_and_keeps_the_rest(draft, xiuying, client, typed, says):
    address = f"/portal/cases/{draft.case.number}/apply/members/1/name/"
    before = Case.objects.get().data
    page = client.post(address, {"name": "吴绍华", "id_no": typed, "relation": "配偶"}).content.decode()
    assert says in page
    assert 'value="吴绍华"' in page and f'value="{typed}"' in page, "what was typed is still in the boxes"
    assert Case.objects.get().data == before


def test_it_takes_a_child_born_today(draft, xiuying, client):
    address = f"/portal/cases/{draft.case.number}/apply/members/2/name/"
    born_today = number(dt.date.today())
    client.post(address, {"name": "吴小宝", "id_no": born_today, "relation": "子女"})
    assert Case.objects.get().data["members"][2]["id_no"] == born_today
