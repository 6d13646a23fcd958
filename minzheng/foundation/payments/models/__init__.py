from minzheng.foundation.payments.models.adjustments import Arrear, Recovery, RecoveryState
from minzheng.foundation.payments.models.batch import Batch, BatchKind, BatchState, Delivery
from minzheng.foundation.payments.models.line import Held, LineKind, LineState, PaymentLine, Result
from minzheng.foundation.payments.models.returns import Problem, ReturnFile, ReturnRow

__all__ = [
    "Arrear",
    "Batch",
    "BatchKind",
    "BatchState",
    "Delivery",
    "Held",
    "LineKind",
    "LineState",
    "PaymentLine",
    "Problem",
    "Recovery",
    "RecoveryState",
    "Result",
    "ReturnFile",
    "ReturnRow",
]
