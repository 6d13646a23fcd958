"""Files that tell about persons whatever the line of business: deaths, custody, disability, school.

Formats that set a line's own facts are declared by that line (business/assistance/deliveries.py).
"""

from __future__ import annotations

from minzheng.datacenter.deliveries.words import (
    ADDRESS,
    BIRTH_DATE,
    ID_NO,
    NAME,
    Absent,
    Death,
    FileColumn,
    FileFormat,
    Sets,
)
from minzheng.foundation.exchange.words import Purpose

CHECKING = (Purpose.RECORDS, Purpose.SCREENING, Purpose.MONITORING)
SHARED = "社会救助法、国务院令第649号《社会救助暂行办法》第五十八条（部门信息共享）；民发〔2021〕57号"
DIED_ON = FileColumn("died_on", "死亡日期", "date", required=True, aliases=("死亡时间",))

HOSPITAL_DEATHS = FileFormat(
    code="file.deaths",
    title="死亡医学证明",
    department="卫生健康部门",
    columns=(ID_NO, NAME, BIRTH_DATE, DIED_ON, FileColumn("certificate", "证明编号"), ADDRESS),
    absent=Absent.UNKNOWN,
    death=Death("died_on", "death_rank_hospital"),
    cite=SHARED,
    purposes=CHECKING,
    contact="县卫生健康局",
    summary="医疗卫生机构签发的居民死亡医学证明（推断）书",
)
CREMATIONS = FileFormat(
    code="file.cremations",
    title="火化证明",
    department="殡葬管理单位",
    columns=(
        ID_NO, NAME, BIRTH_DATE, DIED_ON, FileColumn("cremated_on", "火化日期", "date"),
        FileColumn("certificate", "火化证编号"), ADDRESS,
    ),
    absent=Absent.UNKNOWN,
    death=Death("died_on", "death_rank_cremation"),
    cite="国务院令第824号《殡葬管理条例》；社会救助暂行办法 第五十八条",
    purposes=CHECKING,
    contact="县殡仪馆",
)  # fmt: skip
POLICE_DEATHS = FileFormat(
    code="file.deregistrations",
    title="死亡注销户口",
    department="公安户籍部门",
    columns=(ID_NO, NAME, BIRTH_DATE, DIED_ON, ADDRESS),
    absent=Absent.UNKNOWN,
    death=Death("died_on", "death_rank_police"),
    cite=SHARED,
    purposes=CHECKING,
    contact="县公安局户政大队",
    summary="注销户口的日期常晚于死亡，只作线索，不自动登记死亡",
)
MOVES = FileFormat(
    code="file.moves",
    title="户口迁移",
    department="公安户籍部门",
    columns=(
        ID_NO, NAME, BIRTH_DATE, FileColumn("moved_on", "迁移日期", "date", required=True),
        FileColumn("direction", "迁入迁出", "code", required=True, values={"迁入": "in", "迁出": "out"}),
        FileColumn("to", "迁往地"),
    ),
    absent=Absent.UNKNOWN,
    cite=SHARED,
    purposes=CHECKING,
    contact="县公安局户政大队",
    summary="只作线索；户籍地由乡镇（街道）核实后登记",
)  # fmt: skip
CUSTODY = FileFormat(
    code="file.custody",
    title="服刑和强制隔离戒毒人员",
    department="司法行政和公安机关",
    columns=(
        ID_NO, NAME, BIRTH_DATE,
        FileColumn(
            "status", "状态", "code", required=True,
            values={"服刑": "服刑", "在押服刑": "服刑", "强制隔离戒毒": "强制隔离戒毒", "强戒": "强制隔离戒毒"},
        ),
        FileColumn("since", "开始日期", "date"),
    ),
    absent=Absent.NONE,
    sets=(Sets("custody_status", "latest", "status", none="无"),),
    cite=SHARED,
    purposes=CHECKING,
    contact="县司法局",
)  # fmt: skip
DISABILITY = FileFormat(
    code="file.disability",
    title="残疾人证",
    department="残疾人联合会",
    columns=(
        ID_NO, NAME, BIRTH_DATE,
        FileColumn(
            "type", "残疾类别", "code", required=True,
            values={
                one + end: one
                for one in ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
                for end in ("", "残疾")
            },
        ),
        FileColumn(
            "grade", "残疾等级", "code", required=True,
            values={
                written: grade
                for digit, grade in enumerate(("一级", "二级", "三级", "四级"), 1)
                for written in (grade, str(digit), grade[0])
            },
        ),
        FileColumn("certificate", "残疾人证号"),
        FileColumn(
            "status", "证件状态", "code", values={"正常": "正常", "有效": "正常", "注销": "注销", "冻结": "冻结"}
        ),
    ),
    absent=Absent.NONE,
    only=("status", ("正常", None)),
    sets=(
        Sets("disability_type", "latest", "type", none="无"),
        Sets("disability_grade", "latest", "grade", none="无"),
    ),
    cite="国发〔2015〕52号；残联发〔2017〕34号（残疾人证管理）",
    purposes=CHECKING,
    contact="县残联",
)  # fmt: skip
SCHOOL_ROLLS = FileFormat(
    code="file.rolls",
    title="学籍",
    department="教育部门",
    columns=(
        ID_NO, NAME, BIRTH_DATE, FileColumn("school", "学校"),
        FileColumn(
            "stage", "学段", "code", required=True,
            values={
                "学前": "学前", "幼儿园": "学前", "小学": "义务教育", "初中": "义务教育", "义务教育": "义务教育",
                "高中": "高中或中职", "中职": "高中或中职", "高中或中职": "高中或中职", "专科": "专科", "本科": "本科",
                "硕士": "硕士研究生", "博士": "博士研究生",
            },
        ),
    ),
    absent=Absent.UNKNOWN,
    sets=(Sets("full_time_study", "constant", constant=True), Sets("education", "latest", "stage")),
    cite=SHARED,
    purposes=CHECKING,
    contact="县教育局学籍管理办公室",
    summary="县内学校的学籍；在县外就读的不在其中，所以不在名单里不等于不在学",
)  # fmt: skip
MEDICAL_SPENDING = FileFormat(
    code="file.medical",
    title="医疗费用个人自付",
    department="医疗保障部门",
    columns=(
        ID_NO, NAME, BIRTH_DATE, FileColumn("self_paid", "近12个月个人自付", "money", required=True),
        FileColumn("serious", "认定病种"),
    ),
    absent=Absent.UNKNOWN,
    cite="民发〔2021〕57号；国办发〔2023〕39号（低收入人口动态监测）",
    purposes=CHECKING,
    contact="县医疗保障局",
    summary="供监测预警使用，不直接写入家庭收入和财产",
)  # fmt: skip
