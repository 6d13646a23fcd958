"""Why a whole number is needed. The reason goes to the audit trail, which the person may see."""

from django import forms

from minzheng.online.ui.forms import PlainForm

REASONS = [
    ("核对身份", "与证件核对身份"),
    ("联系本人", "电话联系本人"),
    ("核对账户", "核对发放账户"),
    ("协查", "部门协查或信访答复"),
]


class RevealForm(PlainForm):
    why = forms.ChoiceField(label="查看事由", choices=[("", "请选择"), *REASONS])
    note = forms.CharField(label="补充说明", max_length=100, required=False)

    @property
    def reason(self) -> str:
        answers = self.cleaned_data
        return "：".join(part for part in (answers["why"], answers["note"]) if part)
