"""Children's organisations: labelled from the register of organisations, supported, evaluated (S-127)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from minzheng.business.children.bodies.actions import evaluate, evaluations_of, support, unlabel
from minzheng.business.children.bodies.register import BODIES
from minzheng.business.children.models import ChildBody
from minzheng.demo.cast import COUNTY
from minzheng.foundation.actions import Refused
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.registers.actions import save_row

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 4)
SOCIAL, FIRM = with_checks("52431227MJ000011"), with_checks("91431227MA000011")


@pytest.fixture
def bodies(cast, regions):
    for code, kind, name in ((SOCIAL, "service_body", "夜郎社工"), (FIRM, "company", "某某公司")):
        Organisation.objects.create(name=name, uscc=code, kind=kind, region_id=COUNTY)


def labelled(access, uscc=SOCIAL):
    answers = {
        "uscc": uscc, "region": COUNTY, "fields": ["care", "mind"], "staff": 6, "labelled_on": "2026-01-10",
    }  # fmt: skip
    return save_row(access("reviewer", DAY), BODIES, ChildBody(), answers)


@pytest.mark.covers("S-127", by="minzheng/business/children/bodies", screen="/desk/registers/child_bodies/")
def test_a_social_organisation_is_labelled_supported_and_evaluated(access, cast, bodies):
    with pytest.raises(ValidationError, match="不是社会组织"):
        labelled(access, FIRM)
    with pytest.raises(ValidationError, match="没有登记这个单位"):
        labelled(access, with_checks("52431227MJ000099"))
    body, county = labelled(access), access("reviewer", DAY)
    with pytest.raises(ValidationError, match="已经标识"):
        labelled(access)
    given = {"kind": "purchase", "content": "留守儿童周末课堂", "given_on": "2026-03-01"}
    with pytest.raises(Refused, match="金额和合同"):
        support(county, body, **given)
    with pytest.raises(Refused, match="早于标识日期"):
        support(county, body, **given | {"given_on": "2026-01-09"})
    support(county, body, **given, amount_fen=8_000_000, document_no="合2026-7")
    support(county, body, kind="place", content="村部两间教室", given_on="2026-01-10")
    assert BODIES.query().get(pk=body.pk).given == 8_000_000
    judged = evaluate(county, body)
    assert list(evaluations_of(body)) == [judged]
    with pytest.raises(Refused, match="正在进行"):
        evaluate(county, body)
    unlabel(county, body, until="2026-05-04", ended_for="不再服务儿童")
    with pytest.raises(Refused, match="已经取消"):
        support(county, body, **given, amount_fen=1, document_no="x")
