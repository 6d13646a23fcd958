"""The register of contracts with clinics."""

from collections.abc import Iterable, Sequence

from django.db.models import Max, QuerySet

from minzheng.business.elderly.medical.models import ClinicContract
from minzheng.business.elderly.medical.signing import HOME, sign_with_clinic
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.people.models import Person
from minzheng.foundation.registers import Column, Filter, Import, Register, Related, RowAction, Search


def people_of(contracts: Sequence[ClinicContract]) -> Iterable[int]:
    numbers = [one.id_no for one in contracts]
    return Person.objects.filter(id_no__in=numbers).values_list("pk", flat=True)


CLINIC_CONTRACTS = Register(
    code="clinic-contracts",
    title="医养签约",
    covers=("S-107",),
    model=ClinicContract,
    icon="stethoscope",
    unit="份",
    help="续签请新增一份，原来的保留。",
    name=lambda one: f"{one.name}的医养签约",
    persons=people_of,
    form=Form(
        (
            Section(
                "contract",
                "签约",
                (
                    Question("name", "姓名", "name"),
                    Question("id_no", "身份证号", "id_no"),
                    Question("region", "所在村（社区）", "region"),
                    Question("clinic", "签约医疗机构", "text", max=100),
                    Question("team", "签约团队", "text", max=60, required=False),
                    Question("since", "签约日期", "date", tense="past"),
                    Question("until", "有效期至", "date"),
                ),
            ),
        )
    ),
    imports=Import(key=("id_no", "since"), note="续签的另写一行，签约日期不同。"),
    columns=(
        Column("name", "姓名", "name"),
        Column("id_no", "身份证号", "id_no"),
        Column("region", "所在村（社区）", "region"),
        Column("clinic", "签约医疗机构"),
        Column("team", "签约团队"),
        Column("since", "签约", "date"),
        Column("until", "有效期至", "date", sortable=True),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("since", "签约日期", "dates", "since"),
        Filter("until", "到期", "dates", "until"),
    ),
    search=(Search("name"), Search("id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
)


def homes() -> QuerySet[Facility]:
    return Facility.objects.filter(kind=HOME, closed_on=None).annotate(
        signed_until=Max("clinic_agreements__until")
    )


AGREEMENT = (
    Column("clinic", "签约医疗机构", "name"),
    Column("services", "服务内容"),
    Column("since", "签约", "date"),
    Column("until", "有效期至", "date"),
)
HOME_SIGNING = Register(
    code="home-signing",
    title="养老机构医养签约",
    covers=("S-107",),
    model=Facility,
    rows=homes,
    icon="stethoscope",
    unit="家",
    help="每家养老机构与哪家医疗机构签约、到哪天。到期前自动提醒，签约率进“指标”。",
    columns=(
        Column("name", "养老机构", "name"),
        Column("region", "所在地", "region"),
        Column("signed_until", "签约有效期至", "date"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("unsigned", "从没有签约", "yes_no", "signed_until__isnull"),
        Filter("until", "到期", "dates", "signed_until"),
    ),
    search=(Search("name", "contains"),),
    search_hint="机构名称",
    actions=(
        RowAction(
            "sign",
            "登记签约",
            sign_with_clinic,
            "register.write",
            "续签也在这里登记，原来的协议保留。",
            questions=(
                Question("clinic", "签约医疗机构", min=2, max=100),
                Question(
                    "services", "服务内容", required=False, max=200, hint="如：每周巡诊、绿色通道、健康档案。"
                ),
                Question("since", "签约日期", "date", tense="past"),
                Question("until", "有效期至", "date", tense="future"),
            ),
            bulk=False,
        ),
    ),
    details=(
        Related(
            "历次协议",
            AGREEMENT,
            lambda one, on: one.clinic_agreements.order_by("-until"),
            empty="还没有签约",
        ),
    ),
)
