"""What may have happened to a family that social assistance should hear of (国办发〔2023〕39号; handbook 1.3).

The tests are rules (rules_signals.py), the figures standards (standards/national/signals.yaml).
"""

from minzheng.datacenter.signals.words import OwnFact, Signal, Unit

BY_39 = "国办发〔2023〕39号"

RECEIVING_DIBAO = OwnFact(
    code="receiving_dibao",
    title="正在享受低保",
    select="""
    SELECT DISTINCT e.household_id, 1 FROM benefits_entitlement e
    WHERE e.benefit = 'dibao' AND e.state IN ('active', 'suspended') AND e.household_id IS NOT NULL
      AND e.region_id BETWEEN %(first)s AND %(last)s AND e.since_month <= %(on)s
      AND (e.until_month IS NULL OR e.until_month >= date_trunc('month', %(on)s::date))
      AND (%(only)s::bigint[] IS NULL OR e.household_id = ANY(%(only)s))
    """,
)
# Members who died in the household, and whose last known facts say that they earned.
DEAD_EARNERS = """
    SELECT m.household_id, max(p.died_on) AS died_on
    FROM people_membership m JOIN people_household h ON h.id = m.household_id
    JOIN people_person p ON p.id = m.person_id AND p.died_on <= %(on)s
         AND (m.until IS NULL OR m.until >= p.died_on)
    WHERE h.region_id BETWEEN %(first)s AND %(last)s
      AND (%(only)s::bigint[] IS NULL OR m.household_id = ANY(%(only)s))
      AND EXISTS (SELECT FROM people_factsheet s WHERE s.person_id = p.id AND s.since <= p.died_on
                  AND coalesce((s.values->>'wage')::bigint, 0) + coalesce((s.values->>'business_income')::bigint, 0) > 0)
    GROUP BY 1
"""
EARNER_DIED = OwnFact(
    code="earner_died",
    title="有收入的家庭成员死亡",
    select=f"SELECT household_id, 1 FROM ({DEAD_EARNERS}) dead",  # noqa: S608  constants only
)
EARNER_DIED_ON = OwnFact(
    code="earner_died_on",
    title="有收入的家庭成员最近死亡日期",
    select=f"SELECT household_id, to_char(died_on, 'YYYYMMDD')::bigint FROM ({DEAD_EARNERS}) dead",  # noqa: S608
)

MEDICAL = Signal(
    code="medical",
    title="自付医疗费过重",
    cite=BY_39,
    unit=Unit.HOUSEHOLD,
    test="signal_medical",
    needs=("self_paid_medical",),
    task="signals.visit",
    look_for="近一年自付的医疗费过重。请了解病情、欠债和后续治疗，看能否申请临时救助、刚性支出困难家庭认定或医疗救助。",
)
DISABILITY = Signal(
    code="disability",
    title="新增重度残疾",
    cite=BY_39,
    unit=Unit.PERSON,
    test="signal_disability",
    among="severely_disabled",
    needs=("disability_certified_on",),
    task="signals.visit",
    look_for="新近发证的重度残疾人还没有任何保障。请了解照护和收入，告知两项补贴、低保和单人户政策。",
)
UNEMPLOYMENT = Signal(
    code="unemployment",
    title="失业停保",
    cite=BY_39,
    unit=Unit.PERSON,
    test="signal_unemployment",
    needs=("unemployment_registered",),
    task="signals.visit",
    look_for="登记失业并已停缴社会保险。请了解家庭收入和求职情况，转介就业服务，符合条件的告知一次性临时救助。",
)
EARNER = Signal(
    code="earner",
    title="主要收入来源中断",
    cite=BY_39,
    unit=Unit.HOUSEHOLD,
    test="signal_earner",
    needs=("custody_status",),
    task="signals.visit",
    look_for="家里挣钱的人死亡、服刑、戒毒或失踪。请了解一家的生活来源，特别留意老人和孩子由谁照料。",
)
CHILD = Signal(
    code="child",
    title="儿童无人抚养或失学",
    cite=f"{BY_39}；民发〔2019〕62号",
    unit=Unit.PERSON,
    test="signal_child",
    needs=("father_state", "mother_state", "dropped_out"),
    task="signals.visit",
    look_for="孩子的父母都不能抚养，或孩子在辍学名单上。请当面见到孩子，确认由谁监护、是否上学、是否安全。",
)
ELDER = Signal(
    code="elder",
    title="高龄独居久未走访",
    cite=BY_39,
    unit=Unit.PERSON,
    test="signal_elder",
    task="signals.visit",
    look_for="高龄老人独自居住，很久没有人上门。请看望老人，留意饮食、用药、取暖和安全，核对紧急联系人。",
)
REVERSE = Signal(
    code="reverse",
    title="在享家庭新发现财产或收入",
    cite=f"{BY_39}；民发〔2021〕57号 第十四条",
    unit=Unit.HOUSEHOLD,
    test="signal_reverse",
    among="in_basic_support",
    needs=("business_registered", "employee_pension"),
    task="signals.check",
    look_for="在享家庭新发现存款、车辆、经营或养老金。请与本人核实来源；确有变化的，按程序复核，决定以前照常发放。",
)
PAYMENT = Signal(
    code="payment",
    title="待遇没有到手",
    cite=BY_39,
    unit=Unit.PERSON,
    test="signal_payment",
    among="paid_by_us",
    needs=("account_idle_months",),
    task="signals.check",
    look_for="待遇连续发放失败，或领款账户长期没有动账。请联系本人，核对账户，帮助把钱领到手。",
)
