"""Service items of marriage registration (handbook 11.4). All are finished face to face; what is sent in beforehand saves typing.

M3 and M4 are the two ways a divorce application ends (divorce.py). M6 is no application but a time that is taken at
once (bookings.py; `POST /api/v1/bookings`).
"""

from minzheng.business.marriage import forms
from minzheng.foundation.calendar import Unit
from minzheng.foundation.forms import Form
from minzheng.foundation.items import Clock, Material, NoticeKind, ServiceItem
from minzheng.foundation.items.usual import at_the_counter

BY = "民法典；婚姻登记条例（国务院令第804号）"
BY_COOLING = "民法典 第一千零七十七条；民发〔2020〕116号"
REGISTRAR = "registrar"
READS = "marriage.read"  # nobody but the registry sees who wants to marry or part

NOTICES = (
    NoticeKind(
        key="not_accepted",
        title="不予受理通知书",
        mark="民婚不受",
        cite=BY,
        shows=("applicant", "item", "number", "date", "place", "reasons"),
    ),
)


WAITS = "已收到。请带身份证到登记机关当面办理；可以先预约时间。"


def _item(
    code: str,
    title: str,
    icon: str,
    summary: str,
    form: Form,
    done: str,
    materials: tuple[Material, ...] = (),
    clocks: tuple[Clock, ...] = (),
    *,
    cite: str = BY,
    waits: str = WAITS,
    known_as: str = "",
    declines: bool = False,
    covers: tuple[str, ...] = ("S-140",),
) -> ServiceItem:
    return ServiceItem(
        code=code, title=title, icon=icon, summary=summary, cite=cite, form=form, members="", reads=READS,
        steps=at_the_counter(done, (REGISTRAR,), waits, declines=declines), notices=NOTICES, materials=materials, clocks=clocks,
        known_as=known_as, covers=covers,
    )  # fmt: skip


M1 = _item(
    "M1",
    "结婚登记",
    "heart",
    "两个人带身份证到任何一处婚姻登记机关，当场办好，不收费，不用户口簿。先在这里填好，到场更快。",
    forms.MARRY,
    "已登记结婚",
    declines=True,
)
M2 = _item(
    "M2",
    "离婚登记",
    "calendar-event",
    "两个人到场申请，三十日冷静期内任何一方都可以撤回；期满后三十日内两个人再到场领离婚证。",
    forms.DIVORCE,
    "已受理，进入冷静期",
    declines=True,
    clocks=(
        Clock(
            key="cooling",
            title="冷静期（任何一方可以撤回）",
            starts="accepted",
            stops=("withdrawn",),
            length="divorce_cooling_days",
            unit=Unit.DAYS,
            cite=BY_COOLING,
            rolls=True,
            earliest=True,
        ),
        Clock(
            key="window",
            title="申领离婚证（双方同到原登记机关，逾期视为撤回）",
            starts="accepted",
            stops=("withdrawn",),
            after="cooling",
            length="divorce_window_days",
            unit=Unit.DAYS,
            cite=BY_COOLING,
            rolls=True,
        ),
    ),
)
M3 = _item(
    "M3",
    "撤回离婚登记申请",
    "arrow-back-up",
    "冷静期内任何一方都可以撤回，不用对方同意。先在这里填好，再带身份证和回执单到原登记机关确认，当场办结。",
    forms.TAKE_BACK,
    "已撤回离婚登记申请",
    cite=BY_COOLING,
    waits="还没有撤回。请在冷静期满以前，本人带身份证和受理回执单到原登记机关确认；过了冷静期就不能撤回了。",
    known_as="不离婚了 反悔 冷静期撤回",
)
M4 = _item(
    "M4",
    "离婚证申领",
    "id",
    "冷静期满后三十日内，两个人一起到原登记机关领离婚证；逾期不来，视为撤回申请。先在这里填好，到场更快。",
    forms.COLLECT,
    "已登记离婚，发给离婚证",
    cite=BY_COOLING,
    waits="还没有登记。请双方在申领期限内一起带身份证和受理回执单到原登记机关；期限印在回执单上。",
    known_as="领离婚证 拿离婚证",
)
M5 = _item(
    "M5",
    "补领婚姻登记证",
    "file-certificate",
    "结婚证、离婚证丢了或损坏了，带身份证到登记机关，查到档案当场补发，原证作废。",
    forms.AGAIN,
    "已补领",
    known_as="结婚证丢了 离婚证丢了 补办结婚证 补办离婚证",
)
M7 = _item(
    "M7",
    "婚姻登记档案查询",
    "archive",
    "本人可以查自己的婚姻登记档案。带身份证到登记机关，当场出具。",
    forms.SEARCH,
    "已查询",
)
M8 = _item(
    "M8",
    "婚姻家庭辅导",
    "heart-handshake",
    "婚前、婚后、想离婚的时候，都可以和辅导员谈一谈。不收费，内容保密，想停随时可以停。",
    forms.COUNSEL,
    "已辅导",
    cite="民发〔2020〕73号（婚姻家庭辅导教育）",
    waits="已收到，辅导室会打电话约时间；也可以在“我的预约”里自己选时间。",
    known_as="夫妻吵架 调解 心理咨询 婚前辅导",
    covers=("S-146", "S-147"),
)
