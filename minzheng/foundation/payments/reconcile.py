"""Match an answer with what was sent, in SQL: what agrees is taken, what does not is kept and shown, never guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, Q, Sum

from minzheng.foundation.accounts.models import User
from minzheng.foundation.crypto.bulk import field_of
from minzheng.foundation.payments.models import Batch, ReturnFile, ReturnRow
from minzheng.foundation.payments.plans import whole_county
from minzheng.foundation.payments.returns import Row, read

_COLUMNS = (
    "file_id, row_number, reference, sequence, amount_fen, account_no, account_name, result, note, problem"
)
# COPY knows no row-level security (docs/walls.md): it fills a table of this transaction.
_RECEIVE = f"CREATE TEMPORARY TABLE returned ON COMMIT DROP AS SELECT {_COLUMNS} FROM payments_returnrow WITH NO DATA"  # noqa: S608
_COPY = f"COPY returned ({_COLUMNS}) FROM STDIN"
_KEEP = f"""
    INSERT INTO payments_returnrow ({_COLUMNS}) SELECT {_COLUMNS} FROM returned ORDER BY row_number;
    DROP TABLE returned
"""  # noqa: S608  our own column names
# In this order: a row has one problem, the most telling one.
_PROBLEMS = [
    """UPDATE payments_returnrow r SET problem = 'duplicate' FROM (
           SELECT sequence FROM payments_returnrow WHERE file_id = %(file)s AND problem = ''
           GROUP BY sequence HAVING count(*) > 1
       ) AS twice WHERE r.file_id = %(file)s AND r.problem = '' AND r.sequence = twice.sequence""",
    """UPDATE payments_returnrow r SET problem = 'unknown' WHERE r.file_id = %(file)s AND r.problem = ''
       AND NOT EXISTS (SELECT FROM payments_paymentline l WHERE l.batch_id = %(batch)s
                       AND l.sequence = r.sequence AND l.held_reason = '')""",
    """UPDATE payments_returnrow r SET problem = 'code' WHERE r.file_id = %(file)s AND r.problem = ''
       AND r.result NOT IN ('00', '01', '02', '03', '04', '99')""",
    """UPDATE payments_returnrow r SET problem = 'amount' FROM payments_paymentline l
       WHERE r.file_id = %(file)s AND r.problem = '' AND l.batch_id = %(batch)s AND l.sequence = r.sequence
       AND l.amount_fen <> r.amount_fen""",
    # The bank may repeat account and name; what it repeats must be what was sent, or the row is another payment's.
    """UPDATE payments_returnrow r SET problem = 'account' FROM payments_paymentline l
       WHERE r.file_id = %(file)s AND r.problem = '' AND l.batch_id = %(batch)s AND l.sequence = r.sequence
       AND r.account_no <> ''
       AND blind(r.account_no) NOT IN (blind(l.account_no), blind(l.organisation_account))""",
    """UPDATE payments_returnrow r SET problem = 'name' FROM payments_paymentline l
       WHERE r.file_id = %(file)s AND r.problem = '' AND l.batch_id = %(batch)s AND l.sequence = r.sequence
       AND r.account_name NOT IN ('', left(translate(l.account_name, E'|\r\n\t', '    '), 60))""",
    """UPDATE payments_returnrow r
       SET problem = CASE WHEN l.result = r.result THEN 'repeated' ELSE 'contradiction' END
       FROM payments_paymentline l
       WHERE r.file_id = %(file)s AND r.problem = '' AND l.batch_id = %(batch)s AND l.sequence = r.sequence
       AND l.state <> 'sent'""",
]
_TAKE = """
    UPDATE payments_paymentline l
    SET state = CASE r.result WHEN '00' THEN 'paid' ELSE 'failed' END, result = r.result, result_note = r.note
    FROM payments_returnrow r
    WHERE r.file_id = %(file)s AND r.problem = '' AND l.batch_id = %(batch)s AND l.sequence = r.sequence
      AND l.state = 'sent'
"""


def take_answer(batch: Batch, name: str, content: bytes, by: User | None) -> tuple[ReturnFile, bool]:
    """Store an answer and apply the rows that agree. Returns the file and whether it was new.

    The caller holds the batch's row. The same content a second time has no second effect.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    known = ReturnFile.objects.filter(batch=batch, sha256=sha256).first()
    if known is not None:
        return known, False
    rows = read(name, content, batch.number)
    file = ReturnFile.objects.create(batch=batch, name=name[:120], sha256=sha256, imported_by=by)
    _store(file, rows)
    ids = {"file": file.pk, "batch": batch.pk}
    with whole_county() as cursor:
        for statement in [*_PROBLEMS, _TAKE]:
            cursor.execute(statement, ids)
    _count(file)
    return file, True


def _store(file: ReturnFile, rows: Iterable[Row]) -> None:
    sealed = field_of(ReturnRow, "account_no").sealed
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVE)
        with cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(
                    (
                        file.pk,
                        row.row_number,
                        row.reference,
                        row.sequence,
                        row.amount_fen,
                        sealed(row.account_no, file.pk, row.row_number),
                        row.account_name,
                        row.result,
                        row.note,
                        row.problem,
                    )
                )
        cursor.execute(_KEEP)


def _count(file: ReturnFile) -> None:
    taken, paid = Q(problem=""), Q(result="00")
    counts = file.rows.aggregate(
        paid_count=Count("id", filter=taken & paid),
        paid_fen=Sum("amount_fen", filter=taken & paid, default=0),
        failed_count=Count("id", filter=taken & ~paid),
        failed_fen=Sum("amount_fen", filter=taken & ~paid, default=0),
        problem_count=Count("id", filter=~taken),
    )
    for field, value in counts.items():
        setattr(file, field, value)
    file.save(update_fields=list(counts))
