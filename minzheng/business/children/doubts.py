"""Silent certification of children (S-114): what in a month's data puts a parent's recorded situation in doubt."""

from minzheng.business.children.states import AWAY, CONFINED


def parents_in_doubt() -> str:
    """SQL of (person_id, evidence) on %(on)s: released, term over, or traced though held for lost (民发〔2019〕62号 三)."""
    confined = ", ".join(f"'{state.value}'" for state in CONFINED)
    away = ", ".join(f"'{state.value}'" for state in AWAY)
    whose = "CASE p.side WHEN 'father' THEN '父亲' ELSE '母亲' END"
    in_force = "p.since <= %(on)s AND (p.until IS NULL OR p.until > %(on)s)"
    return f"""
        SELECT p.child_id AS person_id, {whose} || '已于' || v.happened_on || '释放' AS evidence
        FROM children_parent p JOIN people_lifeevent v ON v.person_id = p.person_id AND v.kind = 'release'
            AND v.happened_on <= %(on)s AND v.happened_on >= coalesce(p.state_since, p.since)
        WHERE p.state IN ({confined}) AND {in_force}
        UNION ALL
        SELECT p.child_id, {whose} || '的刑期或限制期已满' FROM children_parent p
        WHERE p.state IN ({confined}) AND {in_force} AND p.term_months IS NOT NULL
          AND (p.state_since + make_interval(months => p.term_months))::date <= %(on)s
        UNION ALL
        SELECT p.child_id, {whose} || '失联期间有新的登记：' ||
               CASE v.kind WHEN 'marriage' THEN '结婚' WHEN 'divorce' THEN '离婚' WHEN 'employment' THEN '就业'
                           WHEN 'move' THEN '迁移' ELSE '身份信息' END
        FROM children_parent p JOIN people_lifeevent v ON v.person_id = p.person_id AND v.kind <> 'death'
            AND v.happened_on <= %(on)s AND v.happened_on > coalesce(p.state_since, p.since)
        WHERE p.state IN ({away}) AND {in_force}
    """  # noqa: S608  our own text
