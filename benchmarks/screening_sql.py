"""The same policy as the kernel's, written by hand as one DuckDB query: the peer of benchmarks.screening.

A null is an unknown fact. SQL's own logic is Kleene's; sums over members and CASE need care to stay honest.
Only `deposits` and `wage` have unknowns in this population, so the query is spared the care for all others.
"""

POLICY = """
COPY (
WITH law AS (SELECT CASE WHEN category = 0 THEN {dibao_urban} ELSE {dibao_rural} END AS standard,
                    key, rigid_deduction, houses <= {houses_most} AND cars <= {cars_most} AS things_within,
                    deposits + securities + insurance_value + claims + internet_finance AS assets
             FROM read_parquet('{folder}/households-*.parquet')),
aged AS (SELECT *, {year} - birth_date // 10000 - (birth_date % 10000 > {day})::INT AS years
         FROM read_parquet('{folder}/members-*.parquet')),
judged AS (SELECT *, alive AND NOT outside_obligor AND NOT on_tekun
             AND NOT (({excluded_statuses} >> custody_status) & 1 = 1 OR clergy_years >= {clergy_years_away})
             AND (relation <= 1 OR (relation = 2 AND years < {adult_age})
                  OR (relation = 2 AND years >= {adult_age}
                      AND ((full_time_study AND ({dependent_education} >> education) & 1 = 1) OR NOT independent))
                  OR (relation > 1 AND legally_supported AND lives_with_family)) AS counted
           FROM aged),
earned AS (SELECT household, counted,
             CASE WHEN counted THEN wage::BIGINT + business_income + property_income + other_income
               + CASE WHEN resident_pension > 0 THEN greatest(resident_pension - resident_pension_central, 0)
                      ELSE resident_pension END ELSE 0 END AS income,
             CASE WHEN counted THEN transfer_received ELSE 0 END AS got,
             CASE WHEN counted THEN transfer_paid ELSE 0 END AS gave,
             CASE WHEN outside_obligor THEN support_agreed ELSE 0 END AS support
           FROM judged),
family AS (SELECT household, count(*) FILTER (counted) AS size,
             CASE WHEN count(income) = count(*) THEN sum(income)::BIGINT END AS earned,
             greatest(sum(got)::BIGINT - sum(gave)::BIGINT, 0) AS net, sum(support)::BIGINT AS support
           FROM earned GROUP BY household),
summed AS (SELECT key, standard, size, things_within, assets,
             CASE WHEN earned IS NOT NULL
                  THEN greatest(earned + net + support - rigid_deduction, 0) END AS income
           FROM law JOIN family ON household = key),
decided AS (SELECT key, size, income,
             size > 0 AND income < standard * size
               AND assets <= (standard * 2 + 12) // 24 * {financial_assets_months} * size AND things_within AS dibao,
             standard * size - income AS gap
           FROM summed)
SELECT key, size, income, dibao,
       CASE WHEN dibao THEN (gap * 2 + 12) // 24
            WHEN dibao IS NULL THEN CASE WHEN abs(gap) < 6 THEN 0 END ELSE 0 END AS family_amount
FROM decided ORDER BY key) TO '{out}' (FORMAT parquet, COMPRESSION lz4)
"""


def run(folder: str, out: str, standards: dict[str, int], on: int) -> None:
    """Run over the counties whose folders match, on two threads."""
    import duckdb

    with duckdb.connect(config={"threads": 2}) as database:
        database.execute(POLICY.format(folder=folder, out=out, year=on // 10000, day=on % 10000, **standards))
