"""Nobody scores or votes on what is near: the own application, the own family's institution, the own workplace."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.relatives import related_to
from minzheng.foundation.scoring.models import Assessment


def refuse_near(user: User, assessment: Assessment, on: dt.date) -> None:
    """Refused, naming the tie, for whoever applied for it or is, or is near to, its legal representative."""
    applicant = assessment.opened_by
    if user.pk == applicant.pk or (user.person_id is not None and user.person_id == applicant.person_id):
        raise Refused(f"{user}办理了这次申报，应当回避。请换一位。")
    organisation = assessment.facility.organisation if assessment.facility is not None else None
    if user.person_id is None or organisation is None:
        return
    if organisation.legal_rep_id_no and related_to({user.person_id}, {organisation.legal_rep_id_no}, on):
        raise Refused(f"{user}与{organisation.name}的负责人是近亲属或本人，应当回避。请换一位。")
    if any(one.organisation_id == organisation.pk for one in user.assignments.all()):
        raise Refused(f"{user}在{organisation.name}任职，应当回避。请换一位。")
