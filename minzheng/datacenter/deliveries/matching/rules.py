"""Plain rules, for installations without the extra `matching`: same name and birth date, or one of them a slip away."""

MOST_EACH = 3  # people proposed for a row

# Two equally long names that differ in one character; two numbers that differ in one place or in a swapped pair.
_ONE_OFF = """
(length(p.name) = length(s.name) AND length(s.name) > 2 AND
 (SELECT count(*) FROM generate_series(1, length(s.name)) i WHERE substr(p.name, i, 1) <> substr(s.name, i, 1)) = 1)
"""
_NEAR_NUMBER = """
(length(s.typed_no) = 18 AND
 (SELECT count(*) FROM generate_series(1, 18) i WHERE substr(p.id_no, i, 1) <> substr(s.typed_no, i, 1)) <= 2)
"""
_PAIRS = """
SELECT s.number, p.id AS person_id,
  CASE WHEN p.name = s.name AND p.birth_date = s.birth_date THEN '姓名、出生日期相同'
       WHEN p.name = s.name THEN '姓名相同，号码相近' ELSE '出生日期相同，姓名差一字' END AS basis,
  CASE WHEN p.name = s.name AND p.birth_date = s.birth_date THEN 1 WHEN p.name = s.name THEN 2 ELSE 3 END AS place
FROM delivery_open s JOIN people_person p ON p.region_id BETWEEN %(first)s AND %(last)s AND {}
"""
CANDIDATES = f"""
INSERT INTO delivery_candidate SELECT number, person_id, basis, NULL FROM (
  SELECT *, row_number() OVER (PARTITION BY number ORDER BY place, person_id) AS rank FROM (
    {_PAIRS.format("p.name = s.name AND (p.birth_date = s.birth_date OR " + _NEAR_NUMBER + ")")}
    UNION ALL
    {_PAIRS.format("p.birth_date = s.birth_date AND p.name <> s.name AND " + _ONE_OFF)}
  ) pairs
) ranked WHERE rank <= %(most)s
"""  # noqa: S608 our own text
