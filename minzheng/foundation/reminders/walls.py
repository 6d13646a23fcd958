"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import Wall, region

WALLS = {
    "reminders.Sms": region(reads=("booking.handle",), own=["person"]),
    "reminders.Declined": Wall(own=("person",)),
}
