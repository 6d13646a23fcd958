"""Adoption: the application with its search notice, the evaluation, the register, and the sealed archive."""

from minzheng.business.adoption.models.application import Application, Claim, Origin, SearchNotice, State
from minzheng.business.adoption.models.archive import Asker, Unsealing
from minzheng.business.adoption.models.evaluation import BondingVisit, Evaluation, Evaluator, Step
from minzheng.business.adoption.models.register import Adoption, Dissolution, Reissue, Standing

__all__ = [
    "Adoption",
    "Application",
    "Asker",
    "BondingVisit",
    "Claim",
    "Dissolution",
    "Evaluation",
    "Evaluator",
    "Origin",
    "Reissue",
    "SearchNotice",
    "Standing",
    "State",
    "Step",
    "Unsealing",
]
