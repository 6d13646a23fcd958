"""What a client may be allowed (OAuth scopes). A scope opens operations; over whom is the role's and region's business."""

from __future__ import annotations

from dataclasses import dataclass

CITIZEN = "citizen"


@dataclass(frozen=True)
class Scope:
    """`permission` is what the service account's role must carry as well; CITIZEN: the person's own things only."""

    code: str
    title: str
    permission: str

    @property
    def is_of_citizens(self) -> bool:
        return self.permission == CITIZEN


SCOPES = {
    scope.code: scope
    for scope in (
        Scope("my.read", "查看我的办件、预约、待遇、发放记录和证照", CITIZEN),
        Scope("my.apply", "以我的名义提交申请、补充材料、撤回申请、预约时间", CITIZEN),
        Scope("case.submit", "代群众提交申请，查询自己提交的办件", "case.open"),
        Scope("status.enquire", "按身份证号核实待遇资格", "status.enquire"),
        Scope(
            "events.region", "接收辖区内全部办件事件（没有这一项的，只接收自己提交的办件）", "status.enquire"
        ),
    )
}


def titles(codes: list[str]) -> list[str]:
    return [SCOPES[code].title for code in codes if code in SCOPES]
