"""What other parts use of cases. Reads: lists.py. Writes: drafts.py (apply) and engine.py (handle)."""

from minzheng.foundation.cases.assess import amount_fen, assess, eligible, refusal_reasons, waits_for
from minzheng.foundation.cases.clocks import extend_clock
from minzheng.foundation.cases.completeness import Missing, missing
from minzheng.foundation.cases.drafts import Stale, add_material, authorise, open_case, save_draft, submit
from minzheng.foundation.cases.engine import OpenMove, do_move, moves_open
from minzheng.foundation.cases.facts import facts_document_of
from minzheng.foundation.cases.lists import (
    case_counts,
    done,
    find_case,
    funnel,
    own_cases,
    todo,
    visible,
    watched,
)
from minzheng.foundation.cases.records import blank_record
from minzheng.foundation.cases.rights import role_label

__all__ = [
    "Missing",
    "OpenMove",
    "Stale",
    "add_material",
    "amount_fen",
    "assess",
    "authorise",
    "blank_record",
    "case_counts",
    "do_move",
    "done",
    "eligible",
    "extend_clock",
    "facts_document_of",
    "find_case",
    "funnel",
    "missing",
    "moves_open",
    "open_case",
    "own_cases",
    "refusal_reasons",
    "role_label",
    "save_draft",
    "submit",
    "todo",
    "visible",
    "waits_for",
    "watched",
]
