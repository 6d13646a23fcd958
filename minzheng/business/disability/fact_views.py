"""The certificate register as facts: type and grade while a certificate speaks, and until when it is valid."""

from minzheng.foundation.people.fact_view import FactView

# Until the day after it expires, its cancellation, or the next certificate of the same person.
SPEAKS_UNTIL = """least(c.valid_until + 1, c.cancelled_on,
    (SELECT min(n.issued_on) FROM disability_certificate n WHERE blind(n.id_no) = blind(c.id_no) AND n.issued_on > c.issued_on))"""


def certificates_as_facts() -> str:
    return f"""
        SELECT c.id, p.id AS person_id,
               jsonb_build_object('disability_type', c.kind, 'disability_grade', c.grade) AS values,
               c.issued_on AS since, {SPEAKS_UNTIL} AS until
        FROM disability_certificate c JOIN people_person p ON blind(p.id_no) = blind(c.id_no)
        UNION ALL
        SELECT c.id, p.id, jsonb_build_object('disability_certificate_until', c.valid_until), c.issued_on, NULL
        FROM disability_certificate c JOIN people_person p ON blind(p.id_no) = blind(c.id_no)
    """  # noqa: S608  our own text


CERTIFICATES = FactView(code="certificates", title="残疾人证台账", sql=certificates_as_facts)
