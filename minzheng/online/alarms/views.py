"""POST /alarms/: a device's platform says that a device called. Signed, at most a few minutes old, once for each key."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import time

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from minzheng.business.elderly.homecare.alarms import device_of, ring
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.permits import public
from minzheng.foundation.accounts.walls import beyond_region

OLDEST = 300  # seconds: a copied request is worth nothing afterwards, and within them its key is known
LONGEST = 4096


def signature(moment: str, body: bytes) -> str:
    """HMAC-SHA256 under MINZHENG_ALARM_KEY over the time and the body's hash, hex."""
    text = f"POST\n/alarms/\n{moment}\n{hashlib.sha256(body).hexdigest()}"
    return hmac.new(settings.ALARM_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _answer(status: int, text: str) -> JsonResponse:
    return JsonResponse({"message": text}, status=status)


def _is_signed(request: HttpRequest) -> bool:
    moment, given = (
        request.headers.get("X-Minzheng-Time", ""),
        request.headers.get("X-Minzheng-Signature", ""),
    )
    is_fresh = moment.isdecimal() and len(moment) < 12 and abs(time.time() - int(moment)) <= OLDEST
    return (
        bool(settings.ALARM_KEY) and is_fresh and hmac.compare_digest(signature(moment, request.body), given)
    )


@csrf_exempt
@public("设备平台的接口，以请求签名认人，不开放浏览器登录")
def alarm(request: HttpRequest) -> JsonResponse:
    """{"key", "serial", "what", "at"} → 201 {"alarm", "answer_by"}, also for the same key again; an unknown device 404."""
    if request.method != "POST":
        return _answer(405, "只接受 POST。")
    if len(request.body) > LONGEST:
        return _answer(413, "报文太长。")
    if not _is_signed(request):
        return _answer(401, "签名不对或已过期，请核对密钥和时钟。")
    try:
        said = json.loads(request.body)
        key, serial, what = (str(said[name]) for name in ("key", "serial", "what"))
        at = dt.datetime.fromisoformat(str(said["at"]))
    except (ValueError, KeyError, TypeError):
        return _answer(422, "报文应有 key、serial、what、at（带时区的时间）。")
    if at.tzinfo is None or not 8 <= len(key) <= 60:
        return _answer(422, "at 要带时区，key 为8至60个字符。")
    with beyond_region("设备平台只知道设备编号，由编号找到老人"):
        device = device_of(serial)
        if device is None:
            return _answer(404, "没有登记这台设备。")
        made = ring(Access(None, timezone.localdate()), device, key=key, what=what, rang_at=at)
    return JsonResponse({"alarm": made.pk, "answer_by": made.answer_by.isoformat()}, status=201)
