"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import READS_PERSONS, not_personal, region, through

PUBLIC = "预约点和时段向社会公开"

WALLS = {
    "booking.Counter": not_personal(PUBLIC),
    "booking.Hours": not_personal(PUBLIC),
    "booking.SpecialDay": not_personal(PUBLIC),
    "booking.Slot": not_personal(PUBLIC),
    "booking.Booking": region(
        reads=(*READS_PERSONS, "booking.handle"), own=["person", "partner"], account=["made_by"]
    ),
    "booking.Party": through("booking", own=["person"]),
}
