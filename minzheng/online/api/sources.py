"""What we share with other departments, as the sharing catalogue lists it; each enquiry is in the exchange log (S-028)."""

from minzheng.foundation.exchange.words import Purpose, Source, SourceField

BENEFIT_STATUS = Source(
    code="civil.benefit_status",
    title="民政待遇资格",
    department="民政部门",
    summary="提供给其他部门：按公民身份号码和姓名核实一个人是否在享受民政待遇（接口见 docs/api.md）。",
    fields=(
        SourceField("benefit", "待遇", "text"),
        SourceField("state", "状态", "text"),
        SourceField("since", "起发月", "text"),
        SourceField("until", "发放至", "text"),
    ),
    cite="政务数据共享条例（国务院令第809号）",
    purposes=(Purpose.SERVICE, Purpose.REVIEW, Purpose.SCREENING),
    contact="本级民政部门信息科室",
)
