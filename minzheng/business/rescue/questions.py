"""What is asked of whoever misses somebody, at the counter and on the portal."""

from __future__ import annotations

from minzheng.business.rescue.models import Reporter
from minzheng.foundation.forms import Question
from minzheng.foundation.items.usual import same
from minzheng.foundation.people.models import Sex

SEXES = ((Sex.MALE.value, "男"), (Sex.FEMALE.value, "女"))
RELATIONS = same("配偶", "父母", "子女", "兄弟姐妹", "其他亲属", "监护人", "单位", "村（社区）")
LOOKS = (
    Question("dialect", "口音", "text", required=False, max=40, hint="像哪里人说话，如“湘西一带”。"),
    Question("height_cm", "身高（约）", "number", unit="厘米", required=False, min=30, max=230),
    Question("features", "体貌特征和衣着", "long_text", min=2, max=1000, hint="疤痕、胎记、牙齿、肢体、衣着、随身特别的东西。"),
    Question("photo", "照片", "file", required=False, hint="正面、免冠；只供寻亲使用。"),
)  # fmt: skip
MISSING = (
    Question("name", "走失人姓名", "name"),
    Question("id_no", "走失人身份证号", "id_no", required=False),
    Question("sex", "性别", "choice", options=SEXES),
    Question("birth_year", "出生年份", "number", unit="年", required=False, min=1900, max=2100),
    Question("lost_on", "走失日期", "date", tense="past"),
    Question("lost_at", "在哪里走失", "text", min=2, max=120),
    Question("home", "家庭住址", "text", min=2, max=120),
    *LOOKS,
    Question("police_no", "报警回执编号", "text", required=False, max=60, hint="走失请先报警。"),
    Question("reporter_relation", "与走失人的关系", "choice", options=RELATIONS),
    Question("reporter_phone", "联系电话", "phone"),
)  # fmt: skip
MISSING_DESK = (
    Question("source", "谁来报告", "choice", options=tuple(Reporter.choices)),
    Question("reporter_name", "联系人", "name"),
    *MISSING,
)
