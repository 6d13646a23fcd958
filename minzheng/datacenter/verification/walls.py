"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, region, through

WALLS = {
    "verification.Authorisation": through("case", "person", own=["person", "signed_by"]),
    "verification.Check": region(parents=["case"]),
    "verification.Subject": through("check_of"),
    "verification.Request": through("check_of"),
    "verification.Answer": through("check_of"),
    "verification.CheckObjection": through("answer"),
    "verification.CheckObjection_documents": through("checkobjection"),
    "verification.SourceHealth": not_personal("各部门接口的状态"),
}
