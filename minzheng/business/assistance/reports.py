"""The monthly tables of social assistance, in the order of the national statistics (社会救助月报)."""

from minzheng.datacenter.statistics.words import ReportColumn, ReportTable, Spending

KINDS = (("", "低保合计"), ("urban_", "城市低保"), ("rural_", "农村低保"))

DIBAO_MONTHLY = ReportTable(
    code="dibao-monthly",
    title="最低生活保障月报",
    cite="民政统计月报制度（社会救助）",
    columns=tuple(
        ReportColumn(f"dibao.{kind}{what}", title, group)
        for kind, group in KINDS
        for what, title in (("persons", "人数"), ("households", "户数"), ("spending", "支出"))
    ),
    at_least=tuple((f"dibao.{kind}persons", f"dibao.{kind}households") for kind, _ in KINDS),
    sums=tuple(
        (f"dibao.{what}", (f"dibao.urban_{what}", f"dibao.rural_{what}"))
        for what in ("persons", "households", "spending")
    ),
    spending=(Spending("dibao.spending", "dibao"),),
)
