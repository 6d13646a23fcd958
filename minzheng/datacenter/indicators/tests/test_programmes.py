"""What a programme's undertakings say is an indicator, and its yearly plan a target, without anybody declaring either."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from minzheng.datacenter.indicators.compute import compute
from minzheng.datacenter.indicators.models import IndicatorValue, Target
from minzheng.datacenter.indicators.reading import readings
from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.programmes.models import State, Undertaking
from minzheng.foundation.programmes.planning import plan_numbers
from minzheng.foundation.programmes.tests.helpers import one_unit
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

pytestmark = pytest.mark.django_db
COUNTY = "431227000000"
TODAY, MONTH = dt.date(2026, 11, 2), dt.date(2026, 11, 1)


def test_it_counts_a_programme_up_to_the_province_and_lights_it_against_the_countys_own_plan(access):
    reviewer, county = access("reviewer", TODAY), Region.objects.get(code=COUNTY)
    for number in (3, 2):
        plan_numbers(
            reviewer, county, programme="rural_homes", year=2026, target="homes", numbers={COUNTY: number},
            document="县民政局〔2026〕3号",
        )  # fmt: skip
    assert list(
        Target.objects.filter(indicator="N19", superseded_at=None).values_list("value", flat=True)
    ) == [2]
    made = [
        one_unit(reviewer, "rural_homes", 2026, name=name, funds_fen=100_00) for name in ("甲", "乙", "丙")
    ]
    done = Undertaking.objects.filter(pk__in=[one.pk for one in made[:2]])
    done.update(state=State.DONE, done_on=TODAY, accepted_by=reviewer.user, paid_fen=100_00)
    made[2].figures.create(target="beds", planned=20, reached=7)
    chosen = [shelf(Indicator).get(code) for code in ("N19", "N18", "p.rural_homes.paid")]
    for _ in range(2):
        compute(MONTH, chosen)
    found = IndicatorValue.objects.filter(region=COUNTY)
    assert dict(found.values_list("indicator", "value")) == {
        "N19": 2,
        "N18": 7,
        "p.rural_homes.paid": Decimal("66.666667"),
    }
    assert IndicatorValue.objects.get(region="430000000000", indicator="N19").value == 2
    (reading,) = readings(county, MONTH, ["N19"])
    assert reading.light.words == "达标"
    compute(dt.date(2026, 10, 1), chosen)
    assert IndicatorValue.objects.get(region=COUNTY, month=dt.date(2026, 10, 1), indicator="N19").value == 0
