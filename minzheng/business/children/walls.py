"""Who sees these tables' rows from the web (accounts/walls/words.py): the most restricted class of all."""

from minzheng.foundation.accounts.walls.words import not_personal, region

# The townships and the county decide on the benefits, which rest on the parents' situation.
DECIDES = ("child.read", "case.handle")
OFFICERS = ("child.read",)
CENTRE = ("protection.read",)
WARDS = ("ward.read",)

WALLS = {
    "children.Parent": region(reads=DECIDES, own=["child"]),
    "children.ChildFile": region(reads=OFFICERS, own=["person"]),
    "children.CareAgreement": region(reads=OFFICERS),
    "children.Officer": region(reads=OFFICERS),
    "children.RecordCheck": region(reads=OFFICERS),
    "children.Training": region(reads=OFFICERS),
    "children.OpeningDay": region(reads=("register.read", *OFFICERS)),
    "children.WomenActivity": region(reads=("register.read", "child.read")),
    "children.HarmReport": region(reads=CENTRE, inserts=True),  # whoever must report may, and sees no report
    "children.Intake": region(reads=CENTRE),
    "children.Conference": region(reads=CENTRE),
    "children.Duty": region(reads=CENTRE),
    "children.Treatment": region(reads=("case.handle", *OFFICERS), own=["person"]),
    "children.ServiceGap": region(reads=OFFICERS),
    "children.Residence": region(reads=WARDS, own=["person"]),
    "children.Conversion": not_personal("机构的转型，不记是哪些孩子"),
    "children.ChildBody": not_personal("社会组织的标识"),
    "children.BodySupport": not_personal("给社会组织的支持"),
    "children.GuardianCredit": region(reads=CENTRE),
}
