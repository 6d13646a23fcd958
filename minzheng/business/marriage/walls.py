"""Who sees these tables' rows from the web (accounts/walls/words.py). No line above the registry reads an agreement."""

from minzheng.foundation.accounts.walls.words import account, not_personal, region, through

READERS = ("marriage.read",)
# Either side sees what concerns the own marriage.
COUPLE = ("man", "woman")

WALLS = {
    "marriage.Registry": not_personal("婚姻登记机关"),
    "marriage.Registrar": region(reads=("marriage.offices",), account=["user"]),
    "marriage.Marriage": region(reads=READERS, own=COUPLE),
    "marriage.Spouse": through("marriage", own=["person"]),
    "marriage.Registration": region(reads=READERS, own=COUPLE),
    "marriage.Declined": region(reads=READERS, own=COUPLE),
    "marriage.Divorce": region(reads=READERS, own=COUPLE),
    "marriage.Agreement": region(reads=("marriage.agreement",), own=COUPLE),
    "marriage.ArchiveSearch": region(reads=READERS),
    "marriage.CreditRecord": region(reads=READERS, own=["person"]),
    "marriage.CounselSession": account("counsellor"),
    "marriage.RiskAlert": region(reads=("marriage.alert",)),
}

# Whom one is parting from is named on the own receipt.
KNOWN = {
    "people.Person": """
        EXISTS (SELECT FROM marriage_divorce r WHERE r.man_id = wanted AND r.woman_id = walls.person())
        OR EXISTS (SELECT FROM marriage_divorce r WHERE r.woman_id = wanted AND r.man_id = walls.person())
    """
}
