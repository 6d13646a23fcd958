"""The national rescue information system as an entry of the sharing catalogue: its fields are the file's columns (S-165)."""

from minzheng.foundation.exchange.words import Purpose, Source, SourceField

CASES = Source(
    code="rescue.cases",
    title="救助管理信息系统个案",
    covers=("S-165",),
    department="民政部门救助管理信息系统",
    cite="社会救助法 第三十一条；民政部救助管理信息系统（数据项为本系统约定，对接时按部里文件核对）",
    purposes=(Purpose.SERVICE, Purpose.RECORDS),
    contact="县级民政部门救助管理站",
    summary="一个救助站一段时间里入站的个案，一行一人次，末行是合计。",
    fields=(
        SourceField("number", "救助编号", "text"),
        SourceField("name", "姓名或代称", "text"),
        SourceField("id_no", "公民身份号码", "text", help="没有查明的空着"),
        SourceField("sex", "性别", "text", help="GB/T 2261.1：1男 2女"),
        SourceField("age", "年龄", "number"),
        SourceField("arrived_on", "入站日期", "date"),
        SourceField("left_on", "离站日期", "date", help="在站的空着"),
        SourceField("way", "离站方式", "text"),
        SourceField("home", "家庭住址", "text"),
        SourceField("days", "在站天数", "number", help="入站当天算一天"),
    ),
)
