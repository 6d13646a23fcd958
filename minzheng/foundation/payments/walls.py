"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

WALLS = {
    # A batch is the county's; who sees a line of it (a township, the person paid) sees its head.
    "payments.Batch": region("county").or_when(
        "EXISTS (SELECT FROM payments_paymentline l WHERE l.batch_id = {key})"
    ),
    "payments.PaymentLine": region(own=["person", "payee"]).or_when(
        "organisation_id = ANY ((SELECT walls.organisations())::bigint[])"
    ),
    "payments.Arrear": through("entitlement"),
    "payments.Recovery": through("entitlement", own=["person"]),
    "payments.ReturnFile": through("batch"),
    "payments.ReturnRow": through("file"),
}
