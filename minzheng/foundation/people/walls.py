"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

WALLS = {
    # A relative who lives elsewhere belongs to the family that is looked at: `known` opens whoever a visible row is about.
    "people.Person": region("region", "hukou_region", known=True),
    "people.Household": region(known=True),
    "people.Membership": through("household", own=["person"]),
    "people.FactSheet": through("person", "household"),
    "people.LifeEvent": through("person"),
}
