"""Files of other departments that tell of income and property (民发〔2021〕57号 第十三、十四条)."""

from __future__ import annotations

from minzheng.datacenter.deliveries.words import BIRTH_DATE, ID_NO, NAME, Absent, FileColumn, FileFormat, Sets
from minzheng.foundation.exchange.words import Purpose

CHECKING = (Purpose.CHECK, Purpose.REVIEW, Purpose.SCREENING, Purpose.MONITORING)
CITE = "社会救助暂行办法 第五十八条；民发〔2021〕57号 第十五条（信息核对）"

VEHICLES = FileFormat(
    code="file.vehicles",
    title="机动车登记",
    department="公安交管部门",
    columns=(
        ID_NO, NAME, FileColumn("plate", "号牌号码", required=True), FileColumn("type", "车辆类型"),
        FileColumn("registered_on", "登记日期", "date"),
        FileColumn(
            "status", "状态", "code",
            values={"正常": "正常", "注销": "注销", "报废": "注销", "转出": "注销", "残疾人专用": "残疾人专用"},
        ),
    ),
    absent=Absent.UNKNOWN,
    only=("status", ("正常", None)),
    sets=(Sets("cars", "count"),),
    cite=CITE,
    purposes=CHECKING,
    contact="县公安局交警大队车管所",
    summary="县内登记的机动车；外地登记的不在其中，所以不在名单里不等于没有车",
)  # fmt: skip
DEPOSITS = FileFormat(
    code="file.deposits",
    title="银行存款余额",
    department="银行业金融机构",
    columns=(
        ID_NO,
        NAME,
        FileColumn("bank", "开户银行"),
        FileColumn("balance", "余额", "money", required=True),
    ),
    absent=Absent.UNKNOWN,
    sets=(Sets("deposits", "sum", "balance"),),
    cite=CITE,
    purposes=CHECKING,
    contact="省级核对平台（金融机构专线）",
    summary="只列出送来的银行；其他银行的存款仍是未知",
)
PENSIONS = FileFormat(
    code="file.pensions",
    title="城乡居民养老金发放",
    department="人力资源社会保障部门",
    columns=(
        ID_NO, NAME, BIRTH_DATE, FileColumn("monthly", "月养老金", "money", required=True),
        FileColumn("central", "其中中央基础养老金", "money", required=True),
    ),
    absent=Absent.NONE,
    sets=(
        Sets("resident_pension", "sum", "monthly", times=12, none=0),
        Sets("resident_pension_central", "sum", "central", times=12, none=0),
    ),
    cite=CITE,
    purposes=CHECKING,
    contact="县社会保险服务中心",
)  # fmt: skip
WAGES = FileFormat(
    code="file.wages",
    title="社会保险缴费工资",
    department="人力资源社会保障部门",
    columns=(
        ID_NO, NAME, BIRTH_DATE, FileColumn("employer", "参保单位"),
        FileColumn("monthly", "月缴费工资", "money", required=True),
    ),
    absent=Absent.UNKNOWN,
    sets=(Sets("wage", "sum", "monthly", times=12), Sets("employed", "constant", constant=True)),
    cite=CITE,
    purposes=CHECKING,
    contact="县社会保险服务中心",
    summary="只列出参加职工社会保险的人；灵活就业和务工收入不在其中",
)  # fmt: skip
UNEMPLOYMENT = FileFormat(
    code="file.unemployment",
    title="失业登记",
    department="人力资源社会保障部门",
    columns=(ID_NO, NAME, BIRTH_DATE, FileColumn("since", "失业登记日期", "date", required=True)),
    absent=Absent.UNKNOWN,
    sets=(Sets("employed", "constant", constant=False),),
    cite=CITE,
    purposes=CHECKING,
    contact="县就业服务中心",
)
BUSINESS = FileFormat(
    code="file.business",
    title="经营主体登记",
    department="市场监督管理部门",
    columns=(
        ID_NO, NAME, FileColumn("enterprise", "主体名称", required=True),
        FileColumn("role", "身份", "code", values={"法定代表人": "法定代表人", "经营者": "经营者", "股东": "股东"}),
        FileColumn("status", "登记状态", "code", values={"存续": "存续", "在营": "存续", "注销": "注销", "吊销": "注销"}),
    ),
    absent=Absent.UNKNOWN,
    only=("status", ("存续", None)),
    cite=CITE,
    purposes=CHECKING,
    contact="县市场监督管理局",
    summary="供监测预警使用：登记了经营主体不等于有收入，要入户核实",
)  # fmt: skip
