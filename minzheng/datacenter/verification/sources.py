"""The departments whose data a check asks for, as the sharing catalogue lists them (57号 第十五条).

A field's `fact` is the name in docs/facts.md that the sum over the household's members, or the person's own value,
states. A field of kind `things` lists registered things by their own number, so that what a couple owns together
counts once; its fact is how many there are.
"""

from minzheng.foundation.exchange.words import Purpose, Source, SourceField

LAW = "社会救助法；民发〔2021〕57号（信息核对）；政务数据共享条例"
CHECKING = (Purpose.CHECK, Purpose.REVIEW)

HUKOU = Source(
    code="police.hukou",
    title="户籍",
    department="公安（户籍）",
    cite=LAW,
    purposes=(*CHECKING, Purpose.SCREENING, Purpose.RECORDS),
    contact="县公安局治安管理大队户政窗口",
    by_enquiry=True,
    fields=(
        SourceField("hukou_state", "户籍状态", "text", help="正常、迁出、注销"),
        SourceField("hukou_place", "户籍地", "text"),
    ),
)
VEHICLES = Source(
    code="police.vehicles",
    title="机动车登记",
    department="公安（交通管理）",
    cite=LAW,
    purposes=CHECKING,
    contact="县公安局交通警察大队车管所",
    by_enquiry=True,
    fields=(
        SourceField(
            "cars", "名下机动车", "things", fact="cars", help="不含残疾人代步车；生活必需的由经办人核减"
        ),
    ),
)
INSURANCE = Source(
    code="hr.insurance",
    title="社会保险和就业",
    department="人力资源和社会保障",
    cite=LAW,
    purposes=CHECKING,
    contact="县社会保险中心",
    by_enquiry=True,
    fields=(
        SourceField(
            "wage",
            "工资性收入（缴费工资）",
            "money",
            fact="wage",
            complete=False,
            help="近12个月合计；没有参保记录不等于没有工资",
        ),
        SourceField(
            "resident_pension", "城乡居民基本养老金", "money", fact="resident_pension", help="近12个月合计"
        ),
        SourceField(
            "resident_pension_central",
            "其中中央基础养老金",
            "money",
            fact="resident_pension_central",
            help="近12个月合计",
        ),
        SourceField(
            "transfer_received",
            "职工养老金、失业金等",
            "money",
            fact="transfer_received",
            complete=False,
            help="近12个月合计",
        ),
    ),
)
PROPERTY = Source(
    code="land.property",
    title="不动产登记",
    department="自然资源（不动产登记）",
    cite=LAW,
    purposes=CHECKING,
    contact="县不动产登记中心",
    by_enquiry=True,
    fields=(
        SourceField(
            "houses",
            "房屋",
            "things",
            fact="houses",
            complete=False,
            help="共有的房屋全家只计一次；自建房可能没有登记",
        ),
    ),
)
BANK = Source(
    code="bank.deposits",
    title="银行存款",
    department="银行业金融机构（统一查询）",
    cite=f"{LAW}；经本人授权",
    purposes=CHECKING,
    contact="市金融信息查询中心",
    by_enquiry=True,
    fields=(
        SourceField("deposits", "存款余额", "money", fact="deposits", help="查询日各账户合计"),
        SourceField("securities", "有价证券市值", "money", fact="securities"),
        SourceField("internet_finance", "互联网金融资产", "money", fact="internet_finance"),
    ),
)
BUSINESS = Source(
    code="market.business",
    title="市场主体登记",
    department="市场监管",
    cite=LAW,
    purposes=(*CHECKING, Purpose.SCREENING),
    contact="县市场监督管理局登记股",
    by_enquiry=True,
    fields=(SourceField("businesses", "名下企业、个体工商户和股权", "things"),),
)
