"""The way of a bed at home: contract, devices, acceptance by somebody else, then it runs until something ends it."""

from minzheng.business.elderly.homecare.models import DeviceKind
from minzheng.business.elderly.support.forms import CONTACT, PROMISE
from minzheng.foundation.forms import Form, Group, Question, Section
from minzheng.foundation.items import Move, NoticeKind, Office, ServiceItem, Status, Step
from minzheng.foundation.items.usual import (
    APPROVER,
    CLERK,
    CLOSINGS,
    HELPER,
    OPINION,
    REASON,
    REVIEWER,
    WITHDRAW,
    applying,
    grant,
    notices,
    propose_refuse,
    refuse,
    running,
    send_back,
    telling,
    total,
)

BY = "国办发〔2019〕5号；各地家庭养老床位管理办法"
DEVICES = Group(
    "devices",
    "安装的设备",
    (
        Question("kind", "设备", "choice", options=tuple(DeviceKind.choices)),
        Question("serial", "设备编号", "text", max=40, hint="设备背面的编号，报警平台用它认人。"),
    ),
    row="设备",
    row_title="serial",
    min=1,
)
CONTRACT = (
    Question("uscc", "服务机构的统一社会信用代码", "text", min=18, max=24),
    Question("contract_no", "服务合同编号", "text", max=40),
    Question("contract_until", "合同到期日", "date"),
    Question("contact_24h", "机构24小时联系电话", "phone"),
)
STEPS = (
    *applying("contract", also=("assessed",)),
    Step(
        key="contract",
        title="签约和装设备",
        status=Status.CHECKING,
        roles=(CLERK, REVIEWER),
        moves=(
            Move(
                key="install",
                title="登记合同和设备",
                to="acceptance",
                record=(*CONTRACT, DEVICES, Question("photos", "安装后的照片", "files", keep_capture=True)),
                guards=("eligible",),
                marks=("surveyed",),
            ),
            propose_refuse(()),
            WITHDRAW,
        ),
        waits="服务机构将与您签约并上门安装设备。",
    ),
    Step(
        key="acceptance",
        title="验收",
        status=Status.CHECKING,
        roles=(CLERK, REVIEWER, HELPER),
        moves=(
            Move(
                key="accept_bed",
                title="验收合格",
                to="confirm",
                record=(
                    Question("tested", "逐台试过，呼叫能接通", "agree"),
                    Question("acceptance_photos", "验收照片", "files", keep_capture=True),
                    OPINION,
                ),
                four_eyes_with=("install",),
                marks=("assessed", "proposed", "received"),
            ),
            Move(
                key="redo",
                title="不合格，退回整改",
                to="contract",
                record=(REASON,),
                marks=("returned",),
                four_eyes_with=("install",),
            ),
        ),
        waits="设备已经装好，正在由另一位同志验收。",
    ),
    Step(
        key="confirm",
        title="县级审核确认",
        status=Status.DECIDING,
        roles=(APPROVER,),
        office=Office.COUNTY,
        moves=(
            grant(("install", "accept_bed"), notice="bed", needs_once=("accept_bed",)),
            refuse(("install", "propose_refuse")),
            send_back("contract", "退回重新办理", ("returned", "assessed")),
        ),
        waits="正在审核确认。",
    ),
    telling(HELPER),
    running(
        "床位运行中",
        stop="终止床位",
        close="床位终止，办结",
        waits="床位已经启用，机构按合同上门服务。",
    ),
    Step(key="refused", title="不予确认", status=Status.REFUSED),
    *CLOSINGS,
    Step(key="ended", title="已终止", status=Status.ENDED),
)
CARE_BED = ServiceItem(
    code="E6",
    covers=("S-092",),
    title="家庭养老床位",
    icon="bed",
    summary="中度以上失能老人在自己家里享受机构的照护：装设备、签合同、按月上门。不能同时入住养老机构。先做能力评估。",
    known_as="家庭病床 上门照护 家里的床位",
    cite=BY,
    form=Form((Section("contact", "联系方式", CONTACT), PROMISE)),
    members="",
    eligibility=("care_bed",),
    reasons=("reason_bed_grade", "reason_in_elder_home"),
    steps=STEPS,
    clocks=(total("care_bed_total_days", BY),),
    notices=(
        *(k for k in notices("民老床", BY) if k.key in {"accepted", "correction", "not_accepted", "refused"}),
        NoticeKind(
            key="bed",
            title="家庭养老床位确认书",
            mark="民老床确",
            cite=BY,
            shows=("applicant", "item", "number", "date", "place"),
        ),
    ),
)
