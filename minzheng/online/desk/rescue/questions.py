"""What is asked at the station, on the street and of whoever misses somebody."""

from __future__ import annotations

from minzheng.business.rescue.models import (
    Grounds,
    HealthKind,
    Met,
    Need,
    SearchResult,
    SearchWay,
    Source,
    Way,
)
from minzheng.business.rescue.questions import LOOKS, MISSING_DESK, RELATIONS, SEXES
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.foundation.items.usual import same
from minzheng.foundation.people.models import Category

__all__ = ["MISSING_DESK"]

OWN_WAYS = (Way.SETTLED, Way.DIED)  # each has a form of its own
TAKE_IN = (
    Question("called", "姓名或代称", "text", max=60, hint="不知道姓名的写代称，如“无名氏（城南1号）”。"),
    Question("id_no", "身份证号（核验原件）", "id_no", required=False, hint="读到身份证原件的才填；只是本人说的，填在下一项。"),
    Question("stated_id_no", "本人自述的身份证号", "id_no", required=False),
    Question("sex", "性别", "choice", options=SEXES, hint="男、女、未成年人分区安置。"),
    Question("age", "年龄（约）", "number", unit="岁", min=0, max=120),
    Question("is_disabled", "残疾或行动不便吗？", "yes_no"),
    Question("stated_home", "本人自述的家庭住址", "text", required=False, max=120),
    *LOOKS,
    Question("source", "怎么来的", "choice", options=tuple(Source.choices)),
    Question("brought_by", "护送单位（人）", "text", required=False, max=60),
    Question("brought_no", "移交文书", "text", required=False, max=60),
    Question("found_on", "发现日期", "date", tense="past"),
    Question("found_at", "发现地点", "text", min=2, max=120),
    Question("need", "求助原因", "choice", options=tuple(Need.choices)),
    Question("arrived_on", "入站日期", "date", tense="past"),
    Question("told_by", "告知书由谁签收", "choice", options=same("本人", "两名工作人员见证", "护送单位"), hint="救助自愿、无偿，随时可以离开；本人愿意才办。"),
)  # fmt: skip
BELONGINGS = (
    Question("items", "随身物品", "long_text", max=1000, hint="一行一样，后面写数量，如“手机 1”。"),
    Question("belongings_by", "清单由谁签字", "choice", options=same("本人", "两名工作人员")),
)
HEALTH = (
    Question("kind", "种类", "choice", options=tuple(HealthKind.choices)),
    Question("finding", "情况", "long_text", min=2, max=1000),
    Question("hospital", "医疗机构", "text", required=False, max=60, hint="急救送医的必填。"),
)
SEARCH = (
    Question("way", "方式", "choice", options=tuple(SearchWay.choices)),
    Question("asked_of", "向谁查询（在哪里发布）", "text", min=2, max=60),
    Question("reference", "编号", "text", required=False, max=60, hint="DNA样本号、公安查询回执号。"),
    Question("result", "结果", "choice", options=tuple(SearchResult.choices)),
    Question("note", "说明", "long_text", required=False, max=500),
)
PHOTO = (Question("photo", "照片", "file", hint="正面、免冠；只供寻亲使用。原来有照片的，换成这一张。"),)
NOTICE = (
    Question("text", "公告内容", "long_text", min=10, max=500, hint="写体貌、口音、会说的地名。不写号码、病情和住在哪个房间。"),
    Question("found_at", "公开的发现地点", "text", min=2, max=60, hint="写到街道或地标即可。"),
    Question("shows_photo", "公开照片吗？", "yes_no"),
)  # fmt: skip
IDENTIFY = (
    Question("name", "姓名", "name"),
    Question("id_no", "身份证号", "id_no"),
    Question("basis", "凭什么查明", "text", min=4, max=120, hint="公安查询回执、DNA比对结果的编号等。"),
)
EXTEND = (
    Question("days", "延长几日", "number", unit="日", min=1),
    Question("reason", "原因", "long_text", min=4, max=200),
)
DIED = (
    Question("died_on", "死亡日期", "date", tense="past", hint="照死亡医学证明填写。"),
    Question("certificate_no", "死亡医学证明编号", "text", min=4, max=60),
    Question(
        "police_no", "公安查验记录编号", "text", min=2, max=60, hint="先报公安机关到场查验，排除非正常死亡。"
    ),
    Question(
        "note",
        "善后情况",
        "text",
        required=False,
        max=200,
        hint="遗体送往哪家殡仪馆；已通知、还在找哪些亲属。不要写病情。",
    ),
)
LEAVE = (
    Question("way", "离站方式", "choice", options=tuple(one for one in Way.choices if one[0] not in OWN_WAYS)),
    Question("destination", "去哪里，交给谁", "text", required=False, max=120, show_if=when("way", *[w for w in Way if w != Way.OWN_WISH])),
    Question("ticket", "车次或乘车凭证编号", "text", required=False, max=60, show_if=when("way", Way.TICKET)),
    Question("escorts", "护送人员", "text", required=False, max=60, show_if=when("way", Way.ESCORTED)),
    Question("collector_name", "接领人姓名", "name", required=False, show_if=when("way", Way.COLLECTED)),
    Question("collector_relation", "与本人关系", "choice", options=RELATIONS, required=False, show_if=when("way", Way.COLLECTED)),
    Question("collector_id_no", "接领人身份证号", "id_no", required=False, show_if=when("way", Way.COLLECTED), hint="核验原件。"),
    Question("collector_phone", "接领人电话", "phone", required=False, show_if=when("way", Way.COLLECTED)),
    Question("care_region", "以后住在哪个村（社区）", "region", required=False, hint="在本县的请选，派人核查特困、低保、临时救助；外地的不选。"),
    Question("left_note", "说明", "text", required=False, max=200),
)  # fmt: skip
REGISTERED = (
    Question("name", "公安登记的姓名", "name"),
    Question("id_no", "公民身份号码", "id_no"),
    Question("police_no", "户口登记文号", "text", min=2, max=60),
    Question("police_on", "登记日期", "date", tense="past"),
    Question("home_region", "落户的村（社区）", "region"),
    Question("category", "城乡", "choice", options=tuple(Category.choices)),
    Question("place", "安置机构（住处）", "text", min=2, max=100, hint="敬老院、福利院或其他住处。"),
)
REFUSE = (
    Question("name", "姓名", "text", min=2, max=60),
    Question("sex", "性别", "choice", options=SEXES),
    Question("grounds", "属于哪种情形", "choice", options=tuple(Grounds.choices)),
    Question("reason", "具体理由", "long_text", min=10, max=300, hint="写清事实，让本人看得明白。有困难但不属于救助站职责的，写明转介到哪里。"),
)  # fmt: skip
PATROL = (
    Question("on", "日期", "date", tense="past"),
    Question("starts", "开始时间", "text", min=4, max=5, hint="如 20:30。"),
    Question("route", "路线", "text", min=2, max=120, hint="桥洞、车站、广场、ATM 机房等。"),
    Question("team", "巡查人员", "text", min=2, max=120),
    Question("staff", "出动人数", "number", unit="人", min=1, max=200),
    Question("vehicles", "出动车辆", "number", unit="辆", min=0, max=50),
)
MEET = (
    Question("at", "时间", "text", min=4, max=5, hint="如 21:05。"),
    Question("place", "地点", "text", min=2, max=120),
    Question("called", "姓名或代称", "text", required=False, max=60),
    Question("sex", "性别", "choice", options=SEXES),
    Question("age", "年龄（约）", "number", unit="岁", required=False, min=0, max=120),
    Question("clothes", "衣被", "number", unit="件", required=False, min=0, max=20),
    Question("food", "食品饮水", "number", unit="份", required=False, min=0, max=20),
    Question("medicine", "防寒防暑药品", "number", unit="份", required=False, min=0, max=20),
    Question("cards", "联系卡", "number", unit="张", required=False, min=0, max=20),
    Question("outcome", "怎样处理", "choice", options=tuple(Met.choices)),
    Question("note", "说明", "text", required=False, max=200),
)
