"""Facts that the department's own books answer, and the one signal that is of no line: covered persons who are gone."""

from minzheng.datacenter.signals.identity import identity_hits
from minzheng.datacenter.signals.words import OwnFact, Signal, Unit

# A visit is a settled task of the family or the person, or a survey on record.
VISITS = """
    WITH members AS (
        SELECT m.person_id, m.household_id FROM people_membership m JOIN people_household h ON h.id = m.household_id
        WHERE h.region_id BETWEEN %(first)s AND %(last)s AND m.since <= %(on)s AND (m.until IS NULL OR m.until > %(on)s)
          AND (%(only)s::bigint[] IS NULL OR m.person_id = ANY(%(only)s))
    ), done AS (
        SELECT household_id, person_id, done_at::date AS day FROM tasks_task
        WHERE state = 'done' AND outcome <> '' AND done_at::date <= %(on)s
        UNION ALL
        SELECT household_id, person_id, since FROM people_factsheet WHERE source = '入户调查' AND since <= %(on)s
    )
    SELECT person_id, max(day) AS day FROM (
        SELECT m.person_id, d.day FROM members m JOIN done d ON d.household_id = m.household_id
        UNION ALL
        SELECT m.person_id, d.day FROM members m JOIN done d ON d.person_id = m.person_id
    ) visits GROUP BY 1
"""

VISITED = OwnFact(
    code="visited",
    title="有走访记录",
    select=f"SELECT person_id, 1 FROM ({VISITS}) found",  # noqa: S608  constants only
)
DAYS_SINCE_VISIT = OwnFact(
    code="days_since_visit",
    title="距最近一次走访的天数",
    select=f"SELECT person_id, %(on)s::date - day FROM ({VISITS}) found",  # noqa: S608  constants only
)
RECEIVES_PAYMENT = OwnFact(
    code="receives_payment",
    title="以本人账户领取民政待遇",
    select="""
    SELECT DISTINCT e.payee_id, 1 FROM benefits_entitlement e
    WHERE e.region_id BETWEEN %(first)s AND %(last)s AND e.state NOT IN ('void', 'ended')
      AND e.since_month <= %(on)s AND (e.until_month IS NULL OR e.until_month >= date_trunc('month', %(on)s::date))
      AND (%(only)s::bigint[] IS NULL OR e.payee_id = ANY(%(only)s))
    """,
)
# The answers since the last success, of lines that the bank has answered.
FAILED_PAYMENTS = OwnFact(
    code="failed_payments",
    title="最近连续发放失败的笔数",
    select="""
    SELECT l.payee_id, count(*) FROM payments_paymentline l
    WHERE l.region_id BETWEEN %(first)s AND %(last)s AND l.month <= %(on)s AND l.result NOT IN ('', '00')
      AND l.payee_id IS NOT NULL
      AND (%(only)s::bigint[] IS NULL OR l.payee_id = ANY(%(only)s))
      AND NOT EXISTS (SELECT FROM payments_paymentline paid WHERE paid.payee_id = l.payee_id AND paid.state = 'paid'
                      AND paid.id > l.id AND paid.month <= %(on)s)
    GROUP BY 1
    """,
)

IDENTITY = Signal(
    code="identity",
    title="享受对象身份有变",
    cite="国办发〔2023〕39号；手册 0.4",
    unit=Unit.PERSON,
    query=identity_hits,
    task="signals.check",
    look_for="在享人员可能已经死亡、迁出、重复登记，或同时享受不能兼得的待遇。请核实后按规定停发、移交或更正。",
)
