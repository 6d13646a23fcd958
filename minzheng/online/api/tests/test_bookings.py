"""M6 through the API: what is free is open to all, a citizen's app takes a place, and gives it back."""

import datetime as dt

import pytest

from minzheng.foundation.booking.models import Booking, Slot
from minzheng.foundation.booking.tests.test_booking import number, open_registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(access):
    return open_registry(access("registrar", dt.date.today()), quota=1, follows_calendar=False)


def first_free(visitor):
    """From the kinds down to a time, as a program without a token finds its way."""
    kinds = {one["code"]: one for one in visitor.get("/booking/kinds").json()["items"]}
    assert kinds["marriage"]["persons"] == 2 and kinds["marriage"]["bring"]
    [place] = visitor.get("/booking/counters", kind="marriage").json()["items"]
    day = next(one for one in visitor.get(f"/booking/counters/{place['id']}/days").json() if one["left"])
    times = visitor.get(f"/booking/counters/{place['id']}/days/{day['day']}").json()
    return next(one for one in times if one["left"])


def couple(sequence=1):
    return {"name": "龙大山", "id_no": number(sequence)}


def test_a_couple_books_through_an_app_and_gives_the_place_back(visitor, xiuying, counter):
    free = first_free(visitor)
    wanted = {"time": free["id"], "phone": "13912345678", "partner": couple()}
    made = xiuying.post("/bookings", wanted)
    assert made.status_code == 201, made.content.decode()
    told = made.json()
    assert (told["starts"], told["state"], told["may_cancel"]) == (free["starts"], "booked", True)
    assert told["place"] == counter.name and "龙大山" not in made.content.decode()
    assert xiuying.get(f"/bookings/{told['code']}").json() == told
    assert [one["code"] for one in xiuying.get("/bookings").json()["items"]] == [told["code"]]
    again = xiuying.post("/bookings", wanted)
    assert again.status_code == 422 and "约满" in again.json()["detail"]
    given_up = xiuying.post(f"/bookings/{told['code']}/cancel", {"reason": "改天"}).json()
    assert (given_up["state"], given_up["reason"]) == ("cancelled", "改天")
    assert Slot.objects.get(pk=free["id"]).taken == 0


def test_the_same_request_books_once(visitor, xiuying, counter):
    wanted = {"time": first_free(visitor)["id"], "phone": "13912345678", "partner": couple()}
    first = xiuying.post("/bookings", wanted, key="booking-0001")
    assert xiuying.post("/bookings", wanted, key="booking-0001").content == first.content
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [({"partner": None}, "2个人一起"), ({"time": 10**11}, "没有这个时段"), ({"partner": couple(0)}, "")],
)
def test_it_refuses_as_the_screens_do(visitor, xiuying, counter, change, said):
    wanted = {"time": first_free(visitor)["id"], "phone": "13912345678", "partner": couple()} | change
    if change.get("partner"):
        wanted["partner"]["id_no"] = wanted["partner"]["id_no"][:-1] + "0"
        wanted["partner"]["id_no"] = wanted["partner"]["id_no"].replace("19950101", "19951301")
    answer = xiuying.post("/bookings", wanted)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Booking.objects.exists()


def test_a_closed_counter_is_not_there(visitor, counter):
    counter.closed_on = dt.date.today()
    counter.save()
    assert visitor.get("/booking/counters", kind="marriage").json()["items"] == []
    assert visitor.get(f"/booking/counters/{counter.pk}/days").status_code == 404
    assert visitor.get("/booking/counters", kind="nothing").status_code == 422
