"""Who spoke up for the family, and what came of it."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.datacenter.leads.models import Lead, State
from minzheng.datacenter.leads.registers import TONES
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose, in_register


def _leads(whose: Whose) -> QuerySet[Lead]:
    return Lead.objects.filter(whose.of("person", "household")).defer("phone")


def _say(lead: Lead) -> Said:
    note = f"：{lead.note}" if lead.note else ""
    title = f"{lead.get_source_display()}：{lead.get_need_display()}"
    return Said(
        title, f"{lead.get_state_display()}{note}", TONES[State(lead.state)], in_register("leads", lead.pk)
    )


LEADS = Chapter(
    code="leads",
    title="困难线索",
    permission="task.read",
    past=(Strand(_leads, "reported_on", _say),),
)
