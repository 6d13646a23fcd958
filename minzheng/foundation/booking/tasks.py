"""Who comes today."""

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.booking.lists import counters_kept
from minzheng.foundation.booking.models import Booking, State
from minzheng.foundation.tasks.waiting import Waiting


def _today(access: Access) -> int:
    return Booking.objects.filter(
        slot__counter__in=counters_kept(access), slot__day=access.today, state=State.BOOKED
    ).count()


TODAY = Waiting(
    code="bookings",
    title="今天预约、还没到",
    permission="booking.handle",
    page="desk:bookings",
    count=_today,
    unit="个",
)
