"""What is mine in the hall, once logged in: one line per place, the most asked for first."""

from typing import NamedTuple


class Place(NamedTuple):
    """A page of one's own: its address by name, an icon of frontend/icons.txt, its title and what one finds there."""

    address: str
    icon: str
    title: str
    text: str


MINE = (
    Place("portal:received", "wallet", "我家的待遇", "在领什么、每月多少、为什么、接下来要办什么"),
    Place("portal:mine", "clipboard-list", "查进度", "看看申请办到哪一步了"),
    Place("portal:certificates", "certificate", "我的证照", "亮证、下载电子证照"),
    Place("portal:bookings", "calendar-event", "预约", "结婚登记、家庭辅导、清明祭扫，约好时间不排队"),
    Place("portal:services", "heart-handshake", "我的服务", "上门服务的进度，确认和评价"),
    Place("portal:speak", "speakerphone", "反映困难", "自己家有困难，或帮邻居说一声"),
    Place("portal:marriage", "heart", "我的婚姻登记", "登记记录、离婚申请办到哪一天"),
    Place("portal:adoption", "home-heart", "我的收养登记", "申请办到哪一步、登记和证书"),
    Place("portal:memorials", "flower", "网络祭扫", "为已故的家人点烛、献花、留言"),
    Place("portal:missing", "user-search", "寻找家人", "家里有人走失，登记下来请救助站比对"),
    Place("portal:looked", "eye", "谁看过我的资料", "每一次查看都有记录"),
    Place("idp:apps", "layout-grid", "授权的应用", "哪些应用能替我办事，不想用就撤销"),
)
