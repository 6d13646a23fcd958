"""What every answer tells the browser beside the page: keep nothing personal, share nothing with other sites."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# A visit may note where it was made, a passkey may be asked for; nothing else of the device is ever used.
ALLOWED = ("geolocation", "publickey-credentials-create", "publickey-credentials-get")
NEVER = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "camera",
    "display-capture",
    "encrypted-media",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
PERMISSIONS_POLICY = ", ".join([*(f"{name}=(self)" for name in ALLOWED), *(f"{name}=()" for name in NEVER)])


class HeadersMiddleware:
    """ASVS 5.0 3.4, 14.3.2. A view that says more about caching is left alone (a service worker, a public file)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response
