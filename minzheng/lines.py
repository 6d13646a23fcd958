"""The lines of business that this installation runs.

This list is the one place to edit when a line is added: the registry finds everything else
(items, rules, registers, benefits …) by its file name inside the line's folder.
"""

LINES = [
    "minzheng.business.assistance",
    "minzheng.business.disability",
    "minzheng.business.elderly",
    "minzheng.business.elderly.institutions",
    "minzheng.business.supervision",
    "minzheng.business.children",
    "minzheng.business.marriage",
    "minzheng.business.adoption",
    "minzheng.business.funeral",
    "minzheng.business.rescue",
]
