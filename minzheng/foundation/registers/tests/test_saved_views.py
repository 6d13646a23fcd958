"""Saved views: one's own, or shared with everyone who works in the region; never with a name in them."""

from minzheng.foundation.registers.models import SavedView

VIEWS = "/desk/registers/club/views"
LIST = "/desk/registers/club/"


def titles(client):
    return [shown["view"].title for shown in client.get(LIST).context["views"]]


def test_it_keeps_filters_columns_and_order_under_a_name(log_in):
    clerk = log_in("clerk")
    clerk.post(f"{VIEWS}?level=junior&sort=-name&columns=name&nonsense=1", {"title": "少年会员"})
    (shown,) = clerk.get(f"{LIST}?level=junior&sort=-name&columns=name").context["views"]
    assert shown["url"] == "?level=junior&sort=-name&columns=name"
    assert shown["current"] and shown["own"]


def test_it_never_keeps_a_search_text(log_in):
    clerk = log_in("clerk")
    found = clerk.post("/desk/registers/club/find?level=junior", {"text": "陈静"})["Location"]
    clerk.post(f"{VIEWS}?{found.split('?')[1]}", {"title": "少年"})
    assert SavedView.objects.get().query == "level=junior"


def test_it_shows_an_own_view_to_nobody_else(log_in):
    log_in("clerk").post(VIEWS, {"title": "我的"})
    assert titles(log_in("clerk")) == ["我的"]
    assert titles(log_in("clerk2")) == []


def test_it_shares_with_the_region_and_below_and_no_further(log_in):
    log_in("reviewer").post(VIEWS, {"title": "全县", "share": "1"})
    assert [titles(log_in(who)) for who in ("approver", "clerk", "helper")] == [["全县"]] * 3
    assert titles(log_in("outsider")) == []
    log_in("clerk").post(VIEWS, {"title": "本镇", "share": "1"})
    assert titles(log_in("clerk2")) == ["全县", "本镇"]
    assert titles(log_in("reviewer")) == ["全县"]


def test_it_replaces_an_own_view_of_the_same_name(log_in):
    clerk = log_in("clerk")
    clerk.post(f"{VIEWS}?level=junior", {"title": "常用"})
    clerk.post(f"{VIEWS}?level=adult", {"title": "常用"})
    assert [view.query for view in SavedView.objects.all()] == ["level=adult"]


def test_it_asks_for_a_name(log_in):
    page = log_in("clerk").post(VIEWS, {"title": " "}, follow=True)
    assert "请给这个视图起个名字" in page.content.decode() and not SavedView.objects.exists()


def test_it_lets_only_the_owner_delete(log_in):
    log_in("reviewer").post(VIEWS, {"title": "全县", "share": "1"})
    address = f"{VIEWS}/{SavedView.objects.get().pk}/drop"
    assert log_in("clerk").post(address).status_code == 404
    assert log_in("reviewer").post(address).status_code == 302
    assert not SavedView.objects.exists()
