"""E4, E5 and E9. E4: a home is filed with the county within ten working days of its first admission (养老机构管理办法 第九至十一条)."""

from minzheng.business.elderly.institutions.forms import FILING
from minzheng.business.elderly.institutions.rating import E5
from minzheng.business.elderly.institutions.subsidies.applying import E9
from minzheng.foundation.items import Material, ServiceItem
from minzheng.foundation.items.usual import filing, filing_clock, filing_notices

__all__ = ["E4", "E5", "E9"]
BY = "养老机构管理办法（民政部令第66号）第九条"
E4 = ServiceItem(
    code="E4",
    title="养老机构备案",
    icon="building",
    summary="依法登记的养老机构，首次收住老年人后10个工作日内备案，县级民政部门20个工作日内给回执；名称、住所、运营单位等变更的重新备案。",
    known_as="开养老院 办养老院",
    cite=BY,
    form=FILING,
    members="",
    for_organisations=True,
    about="elder_home",
    materials=(
        Material(
            key="fire",
            title="消防验收或备案文件",
            why="部门之间还查不到的，上传照片；查得到的不用交。",
            required=False,
        ),
        Material(key="plan", title="房屋平面图", why="核对床位用；没有变化的不用再交。", required=False),
    ),
    steps=filing("准予备案", "不予备案"),
    clocks=(filing_clock("办理备案", "home_filing_handle_days", BY),),
    notices=filing_notices("民养", BY, "养老机构备案告知书", "不予备案告知书"),
)
