"""What the register of parents says about a child, as facts; and the child's own part of the family's dibao."""

from minzheng.foundation.people.fact_view import FactView

STATED = (
    "since",
    "term_months",
    "disability_type",
    "disability_grade",
    "illness_listed",
    "search_since",
    "loss_proved",
    "caring",
)
COLUMN_OF = {"since": "state_since"}


def parents_as_facts() -> str:
    def values(side: str) -> str:
        pairs = (f"'{side}_{name}', {_known(COLUMN_OF.get(name, name))}" for name in STATED)
        return f"jsonb_build_object('{side}_state', state, {', '.join(pairs)})"

    return f"""
        SELECT id, child_id AS person_id, CASE side WHEN 'father' THEN {values("father")} ELSE {values("mother")} END
               AS values, since, until
        FROM children_parent
    """  # noqa: S608  our own text


def _known(column: str) -> str:
    """An empty text states nothing."""
    return f"nullif({column}, '')" if column.startswith("disability_") else column


# A 特困人员 is not counted in the family's dibao (民发〔2021〕43号 第三条).
COUNTED = """NOT EXISTS (SELECT FROM benefits_entitlement t WHERE t.benefit = 'tekun' AND t.state <> 'void'
    AND t.person_id = {member}.person_id AND t.since_month <= %(on)s
    AND (t.until_month IS NULL OR t.until_month >= date_trunc('month', %(on)s::date)))"""


def dibao_shares() -> str:
    """The family's dibao divided by those who live in it (民发〔2019〕62号 二（一）: 补差)."""
    return f"""
        SELECT e.id, m.person_id,
               jsonb_build_object('paid_dibao_share', round(a.amount_fen::numeric / of_home.size)::bigint) AS values,
               a.from_month AS since,
               (least(coalesce(a.until_month, 'infinity'), coalesce(e.until_month, 'infinity')) + interval '1 month')::date
                   AS until
        FROM benefits_entitlement e
        JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL AND a.amount_fen > 0
        JOIN people_membership m ON m.household_id = e.household_id
            AND m.since <= %(on)s AND (m.until IS NULL OR m.until > %(on)s)
        JOIN LATERAL (SELECT count(*) AS size FROM people_membership o WHERE o.household_id = e.household_id
            AND o.since <= %(on)s AND (o.until IS NULL OR o.until > %(on)s)
            AND {COUNTED.format(member="o")}) of_home ON true
        WHERE e.benefit = 'dibao' AND e.state <> 'void' AND {COUNTED.format(member="m")}
    """  # noqa: S608 our own text


def full_pay() -> str:
    """Who receives the whole of the unattended child's benefit: nothing else is paid that would be deducted (0.4)."""
    return """
        SELECT e.id, e.person_id, jsonb_build_object('on_unattended_full', true) AS values, e.since_month AS since,
               (e.until_month + interval '1 month')::date AS until
        FROM benefits_entitlement e
        WHERE e.benefit = 'unattended' AND e.state <> 'void' AND NOT EXISTS (
            SELECT FROM benefits_entitlement o
            WHERE o.benefit IN ('dibao', 'tekun', 'living_subsidy') AND o.state <> 'void'
              AND o.since_month <= %(on)s
              AND (o.until_month IS NULL OR o.until_month >= date_trunc('month', %(on)s::date))
              AND (o.person_id = e.person_id OR o.household_id IN (
                  SELECT m.household_id FROM people_membership m WHERE m.person_id = e.person_id
                  AND m.since <= %(on)s AND (m.until IS NULL OR m.until > %(on)s))))
    """


def recognised() -> str:
    """Once recognised, still so for the study grant after the 18th birthday; `child_status` while it is paid."""
    named = "CASE benefit WHEN 'orphan' THEN '孤儿' ELSE '事实无人抚养儿童' END"
    return f"""
        SELECT id, person_id, jsonb_build_object('recognised_as', {named}) AS values, since_month AS since,
               NULL::date AS until
        FROM benefits_entitlement WHERE benefit IN ('orphan', 'unattended') AND state <> 'void'
        UNION ALL
        SELECT id, person_id, jsonb_build_object('child_status', {named}), since_month,
               (until_month + interval '1 month')::date
        FROM benefits_entitlement WHERE benefit IN ('orphan', 'unattended') AND state <> 'void'
    """  # noqa: S608  our own text


PARENTS = FactView(code="parents", title="父母情况台账", sql=parents_as_facts)
DIBAO_SHARES = FactView(code="dibao_shares", title="低保台账（本人的一份）", sql=dibao_shares)
FULL_PAY = FactView(code="unattended_full", title="事实无人抚养儿童台账", sql=full_pay)
RECOGNISED = FactView(code="recognised_children", title="孤儿、事实无人抚养儿童台账", sql=recognised)


def lives_in_institution() -> str:
    """What decides between the two standards of an orphan (国办发〔2010〕54号)."""
    return """
        SELECT id, person_id, jsonb_build_object('in_institution', true) AS values, since, until
        FROM children_residence WHERE person_id IS NOT NULL AND (until IS NULL OR until > since)
    """


IN_INSTITUTION = FactView(code="child_residences", title="机构养育儿童台账", sql=lives_in_institution)
