"""Who sees these tables' rows from the web (accounts/walls/words.py): the registry, the adopters, the evaluators. Not the child."""

from minzheng.foundation.accounts.walls.words import region, through

REGISTRY = ("adoption.read",)
# An evaluator of the county; which families are whose stands in the views.
TEAM = ("adoption.read", "adoption.evaluate")
PARENTS = ("adopter", "spouse")

WALLS = {
    "adoption.Application": region(reads=TEAM, own=PARENTS),
    "adoption.Origin": region(reads=REGISTRY),
    "adoption.SearchNotice": through("application"),
    "adoption.Claim": region(reads=REGISTRY),
    "adoption.Evaluation": region(reads=TEAM, parents=["application"]),
    "adoption.Evaluator": region(reads=TEAM, account=["user"]),
    "adoption.BondingVisit": region(reads=TEAM),
    "adoption.Adoption": region(reads=(*REGISTRY, "adoption.unseal"), own=PARENTS),
    "adoption.Dissolution": region(reads=REGISTRY),
    "adoption.Reissue": region(reads=REGISTRY),
    "adoption.Unsealing": region(reads=(*REGISTRY, "adoption.unseal")),
}

# The parents-to-be know whom they are adopting; the child's row lies where the child came from.
KNOWN = {
    "people.Person": """
        EXISTS (SELECT FROM adoption_application a WHERE a.child_id = wanted AND a.adopter_id = walls.person())
        OR EXISTS (SELECT FROM adoption_application a WHERE a.child_id = wanted AND a.spouse_id = walls.person())
    """
}
