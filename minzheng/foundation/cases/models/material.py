"""Papers handed in with a case."""

from django.db import models

from minzheng.foundation.cases.models.case import Case, CasePerson
from minzheng.foundation.history import with_history


@with_history
class CaseMaterial(models.Model):
    """One document of a case: a declared material (`key`) or evidence recorded at a move."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="materials")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="case_materials")
    key = models.CharField("材料", max_length=40)
    about = models.ForeignKey(CasePerson, models.SET_NULL, null=True, blank=True, related_name="materials")
    move = models.ForeignKey(
        "cases.CaseMove", models.PROTECT, null=True, blank=True, related_name="materials"
    )
    added_on = models.DateField("提交日期")

    class Meta:
        verbose_name = "办件材料"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "document", "key"], name="one_row_per_case_document")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.key}"
