"""指标 and 目标任务: each viewer the own region, a figure leads to its list, small numbers stay hidden."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minzheng.datacenter.indicators.compute import compute
from minzheng.datacenter.indicators.models import ReportedValue, Target
from minzheng.datacenter.indicators.targets import DEMO, load_targets
from minzheng.datacenter.indicators.tests.conftest import OTHER, VILLAGE
from minzheng.foundation.people.models import Category

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 1)
COUNTY = "431227000000"
PLACE = f"?region={COUNTY}&month=2026-10"


def rows(response):
    return {row.indicator.code: row for _, found in response.context["groups"] for row in found}


def counted(text):
    return int(re.search(r"共\s*([\d,]+)", text).group(1).replace(",", ""))


@pytest.fixture
def figures(family):
    for _ in range(6):
        family(VILLAGE)
    for _ in range(5):
        family(OTHER, category=Category.URBAN)
    for _ in range(2):
        family(OTHER)
    family(VILLAGE, until=dt.date(2026, 9, 1))
    family(VILLAGE, state="void")
    compute(OCTOBER)


@pytest.mark.covers("S-050", by="minzheng/datacenter/indicators/words.py", screen="/desk/indicators/")
def test_it_measures_each_side_of_assistance(as_user, figures):
    page = as_user("approver").get(f"/desk/indicators/{PLACE}&show=aspects")
    found = {aspect: [row.indicator.code for row in rows] for aspect, rows in page.context["groups"]}
    assert list(found) == ["兜底", "救急", "提标", "扩围"]
    assert ("N03b" in found["兜底"], "N11a" in found["救急"], "N01" in found["提标"], "N09" in found["扩围"]) == (
        True, True, True, True,
    )  # fmt: skip


def test_it_shows_figures_with_their_targets_and_lights(as_user, figures):
    load_targets(DEMO)
    found = rows(as_user("approver").get(f"/desk/indicators/{PLACE}"))
    assert (found["dibao.households"].value, found["dibao.households"].target) == ("13 户", "")
    assert (found["N03b"].value, found["N03b"].light.words) == ("500.00元/人·月", "达标")
    assert found["N01"].light.words == "达标"
    unknown = rows(as_user("approver").get(f"/desk/indicators/{PLACE}&show=unknown"))
    assert (unknown["N22b"].value, unknown["N22b"].light.words) == ("—", "未接入数据")


@pytest.mark.parametrize("code", ["dibao.households", "dibao.urban_households", "dibao.rural_households"])
def test_the_list_behind_a_figure_has_as_many_rows_as_its_numerator(as_user, figures, code):
    page = as_user("approver").get(f"/desk/indicators/{code}/{PLACE}")
    listed = as_user("approver").get(page.context["drill"])
    assert len(listed.context["rows"]) == page.context["reading"].value.numerator
    query = parse_qs(urlsplit(page.context["drill"]).query)
    assert (query["region"], query["since_to"]) == ([COUNTY], ["2026-10-01"])


def test_who_may_not_see_the_list_gets_the_figure_without_the_way_to_it(as_user, figures):
    assert as_user("province").get(f"/desk/indicators/dibao.households/{PLACE}").context["drill"] == ""


def test_few_families_are_hidden_with_a_second_that_would_give_them_away(as_user, figures):
    page = as_user("approver").get(f"/desk/indicators/dibao.rural_households/{PLACE}")
    assert {part.name: part.value for part in page.context["parts"]} == {
        "晃洲镇": "不显示",
        "波洲镇": "不显示",
    }
    assert page.context["value"] == "8 户"
    page = as_user("approver").get(f"/desk/indicators/N03b/{PLACE}")
    assert {part.name: part.numerator for part in page.context["parts"]}["波洲镇"] == "不显示"


@pytest.mark.parametrize("path", ["indicators/", "indicators/N01/", "targets/"])
def test_another_countys_region_does_not_exist(as_user, regions, path):
    assert as_user("outsider").get(f"/desk/{path}{PLACE}").status_code == 404
    assert as_user("clerk").get(f"/desk/{path}").status_code == 403
    assert as_user("outsider").get(f"/desk/{path}").status_code == 200


def test_a_wrong_month_and_an_unknown_indicator_say_so(as_user, regions):
    assert as_user("approver").get("/desk/indicators/?month=2026-13").status_code == 404
    assert as_user("approver").get("/desk/indicators/N99/").status_code == 404


def test_a_figure_is_reported_in_yuan_and_confirmed_by_another(as_user, regions):
    maker = as_user("reviewer")
    wrong = maker.post(
        f"/desk/indicators/N53/report/{PLACE}", {"month": "2026-10", "value": "12.5", "basis": ""}
    )
    assert (wrong.status_code, "请填写依据文件" in wrong.content.decode()) == (422, True)
    answers = {"month": "2026-10", "value": "1234.50", "basis": "慈善捐赠台账"}
    assert maker.post(f"/desk/indicators/N53/report/{PLACE}", answers).status_code == 302
    report = ReportedValue.objects.get()
    assert report.value == 123_450
    as_user("approver").post(f"/desk/registers/reported-values/rows/{report.pk}/act/confirm", {})
    page = as_user("approver").get(f"/desk/indicators/N53/{PLACE}")
    report.refresh_from_db()
    assert (report.state, page.context["value"]) == ("confirmed", "1,234.50元")


def test_the_paper_behind_a_value_is_for_those_who_see_the_regions_statistics(as_user, regions):
    paper = SimpleUploadedFile("报表.pdf", b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF", "application/pdf")
    answers = {"month": "2026-10", "value": "80", "basis": "养老报表", "document": paper}
    as_user("reviewer").post(f"/desk/indicators/N22b/report/{PLACE}", answers)
    document = ReportedValue.objects.get().document_id
    assert as_user("auditor").get(f"/documents/{document}/").status_code == 200
    assert as_user("outsider").get(f"/documents/{document}/").status_code == 404
    assert "养老报表" in as_user("auditor").get(f"/desk/indicators/N22b/{PLACE}").content.decode()


def test_a_target_is_set_and_shared_out_on_the_page(as_user, regions):
    planner = as_user("approver")
    answers = {
        "indicator": "N35", "year": "2026", "comparator": "at_least", "value": "10", "document": "县〔2026〕1号",
        "text": "新建儿童之家10家",
    }  # fmt: skip
    page = planner.post(f"/desk/targets/new/{PLACE}", answers, follow=True)
    target = Target.objects.get()
    shares = {"431227107000": "6", "431227101000": "3", "document": "县〔2026〕2号"}
    refused = planner.post(f"/desk/targets/{target.pk}/", shares)
    assert (page.status_code, refused.status_code) == (200, 422)
    assert "还差 1" in refused.content.decode()
    planner.post(f"/desk/targets/{target.pk}/", shares | {"431227101000": "4"})
    page = planner.get(f"/desk/targets/{target.pk}/")
    assert [(one["target"].region.name, one["figure"]) for one in page.context["tree"]] == [
        ("波洲镇", "不低于 4 家"),
        ("晃洲镇", "不低于 6 家"),
    ]
    assert as_user("outsider").get(f"/desk/targets/{target.pk}/").status_code == 404


def test_it_asks_a_fixed_number_of_questions(as_user, figures, django_assert_max_num_queries):
    client = as_user("approver")
    client.get(f"/desk/indicators/{PLACE}")
    with django_assert_max_num_queries(20):
        client.get(f"/desk/indicators/{PLACE}&show=all")
