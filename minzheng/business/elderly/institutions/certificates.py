"""养老机构备案回执 (handbook 11.8): says which home is filed, who runs it and with how many beds."""

from __future__ import annotations

import datetime as dt

from minzheng.business.elderly.institutions.models import Home
from minzheng.foundation.cases.models import Case, Outcome
from minzheng.foundation.certificates.words import Certificate, Content


def receipt_content(home: Home, on: dt.date) -> Content:
    facility = home.facility
    owner = facility.organisation
    what = (
        Case.objects.filter(item="E4", facility=facility, outcome=Outcome.GRANTED).latest("decided_on").data
    )
    return Content(
        person=None,
        name=facility.name,
        rows=(
            ("机构名称", facility.name),
            ("运营单位", owner.name if owner else ""),
            ("统一社会信用代码", owner.uscc if owner else ""),
            ("机构性质", home.get_ownership_display()),
            ("住所", facility.address or facility.region.full_name),
            ("床位", f"普通{what['plain']}张、护理型{what['nursing']}张、认知障碍{what['dementia']}张"),
        ),
        public=("机构名称", "运营单位", "统一社会信用代码", "机构性质", "住所", "床位"),
        note="名称、住所、运营单位等事项变化的，应当变更备案。",
    )


RECEIPT = Certificate(
    code="home_receipt",
    title="养老机构备案回执",
    mark="养备",
    content=receipt_content,
    cite="民政部令第66号 第九条",
    type_no="021",
    statement="下列养老机构已经依法备案。",
)
