"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, region, through

WALLS = {
    "assistance.Support": region(own=["person"]),
    "assistance.CareAgreement": region(own=["carer"], parents=["support"]),
    "assistance.Recognition": region(own=["household"]),
    "assistance.Referral": region(own=["person"]),
    "assistance.Correction": region(reads=("case.read",)),
    "assistance.PolicyDocument": not_personal("公开的法律和文件"),
    "assistance.Study": not_personal("研究只有汇总数；记到人的只有研究人"),
    "assistance.StudyPlace": not_personal("各地的汇总数，少于5户（人）的不记"),
    "assistance.RegisteredPoor": region(own=["person"]),
    "assistance.CharityAid": region(own=["person"]),
    "assistance.SpotDraw": through("case"),
}
