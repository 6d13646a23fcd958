"""Whom a patrol met and who wished to come: the intake's form knows already what was written down, and both pages meet."""

import datetime as dt

import pytest

from minzheng.business.rescue.models import Encounter, Patrol, Stay
from minzheng.business.rescue.tests.making import station

pytestmark = pytest.mark.django_db
TODAY = dt.date.today()


@pytest.fixture
def met(cast):
    at = station()
    patrol = Patrol.objects.create(
        region_id=at.region_id, on=TODAY, season="daily", starts=dt.time(20, 30), route="汽车站一线", team="蒲春兰、吴大勇",
        staff=2, made_by=cast["rescuer"],
    )  # fmt: skip
    return Encounter.objects.create(
        patrol=patrol, region_id=at.region_id, at=dt.time(21, 5), place="汽车站候车室", called="无名氏（候车室）", sex="1",
        age=66, outcome="accepted",
    )  # fmt: skip


@pytest.mark.covers("S-163", by="minzheng/business/rescue/street.py", screen="/desk/rescue/patrols/<int:pk>/")
def test_a_meeting_becomes_a_stay_with_one_press(as_user, met):
    client = as_user("rescuer")
    here = f"/desk/rescue/stays/new/?met={met.pk}"
    assert here in client.get(f"/desk/rescue/patrols/{met.patrol_id}/").content.decode()
    page = client.get(here)
    form = page.context["form"]
    assert form["found_at"].value() == "汽车站候车室"
    assert form["source"].value() == "patrol"
    key = page.content.decode().partition('name="idempotency_key" value="')[2].partition('"')[0]
    said = {name: form[name].value() or "" for name in form.fields} | {
        "idempotency_key": key, "is_disabled": "no", "need": "lost", "told_by": "本人", "features": "花白头发，穿军大衣",
        "dialect": "湘西口音", "found_on": f"{TODAY:%Y-%m-%d}", "arrived_on": f"{TODAY:%Y-%m-%d}",
    }  # fmt: skip
    answer = client.post(here, said)
    assert answer.status_code == 302, answer.context["form"].errors
    met.refresh_from_db()
    assert met.stay == Stay.objects.get()
    assert (
        f"/desk/rescue/stays/{met.stay_id}/"
        in client.get(f"/desk/rescue/patrols/{met.patrol_id}/").content.decode()
    )
    outsider = as_user("outsider")
    assert outsider.get(here).status_code in (403, 404)
