"""Five hundred planted faults in return files: every one found, named and placed; nobody marked paid wrongly.

MINZHENG_FAULT_SEED chooses other faults; the same seed plants the same.
"""

import os
import re
from collections import Counter
from random import Random

import pytest
from django.db import transaction

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import month
from minzheng.foundation.payments.tests.faulty import FILE_FAULTS, ROW_FAULTS, Answer, Sent
from minzheng.foundation.payments.tests.office import assert_proven
from minzheng.foundation.payments.tests.test_scale import enrol

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("MINZHENG_FAULT_SEED", "20261122"))
FILES, PER_KIND, WHOLE = 9, 5, 48  # 9 files × 8 kinds × 5 rows + 3 kinds × 48 files = 504 faults


def sent_lines(batch):
    lines = batch.lines.filter(held_reason="").order_by("sequence")
    return [
        Sent(
            line.sequence,
            f"{batch.number}-{line.sequence:07d}",
            line.amount_fen,
            line.account_no,
            line.account_name,
        )
        for line in lines
    ]


@pytest.fixture
def answered(office, benefits):
    """A batch of 120 that was sent; the first 20 are already paid. Gives batch, open lines, paid lines."""
    enrol(120, month("2026-01"))
    batch = office.send(office.freeze(office.make("2026-01")))
    lines = sent_lines(batch)
    first = Answer(batch.number, lines[:20])
    office.answer(batch, text=first.close(["|".join(line.row()) for line in lines[:20]]))
    return batch, lines[20:], lines[:20]


def test_it_finds_every_planted_fault(office, answered):
    batch, lines, paid_before = answered
    found = Counter()
    for number in range(FILES):
        answer = Answer(batch.number, lines, paid_before).spoil(Random(SEED + number), per_kind=PER_KIND)
        undo = transaction.savepoint()
        file = office.answer(batch, text=answer.text)
        reported = dict(file.rows.exclude(problem="").values_list("row_number", "problem"))
        unanswered = set(batch.lines.filter(state="sent").values_list("sequence", flat=True))
        paid = set(batch.lines.filter(state="paid").values_list("sequence", flat=True))
        hurt = {fault.sequence for fault in answer.planted if fault.kind != "extra row"}
        for fault in answer.planted:
            if fault.kind == "missing row":
                assert fault.sequence in unanswered, fault
            else:
                assert reported.get(fault.row_number) == ROW_FAULTS[fault.kind], fault
            found[fault.kind] += 1
        # Nothing else is reported, nobody is paid on a faulty row, everybody else is.
        assert set(reported) == {fault.row_number for fault in answer.planted if fault.row_number}
        assert paid == {line.sequence for line in paid_before} | {line.sequence for line in lines} - hurt
        assert_proven("2026-01")
        transaction.savepoint_rollback(undo)
    assert {kind: found[kind] for kind in ROW_FAULTS} == {
        kind: FILES * PER_KIND * (2 if kind == "duplicate row" else 1) for kind in ROW_FAULTS
    }


def test_it_refuses_every_file_that_is_wrong_as_a_whole(office, answered):
    batch, lines, _ = answered
    before = Counter(batch.lines.values_list("state", flat=True))
    chance, files = Random(SEED), batch.return_files.count()
    for kind, message in FILE_FAULTS.items():
        for _ in range(WHOLE):
            text = Answer(batch.number, lines).spoil_whole(kind, chance)
            with pytest.raises(Refused) as refusal:
                office.answer(batch, text=text)
            assert re.search(message, refusal.value.messages[0]), (kind, text[-200:])
    assert Counter(batch.lines.values_list("state", flat=True)) == before
    assert batch.return_files.count() == files
    assert_proven("2026-01")
