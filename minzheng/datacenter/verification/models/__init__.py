"""A check (核对): on whose consent, who was asked what, what they answered, what was objected to."""

from minzheng.datacenter.verification.models.check import Check, Request, RequestState, SourceHealth, Subject
from minzheng.datacenter.verification.models.consent import Authorisation
from minzheng.datacenter.verification.models.report import Answer, AnswerState, CheckObjection

__all__ = [
    "Answer",
    "AnswerState",
    "Authorisation",
    "Check",
    "CheckObjection",
    "Request",
    "RequestState",
    "SourceHealth",
    "Subject",
]
