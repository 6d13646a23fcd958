from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "minzheng.foundation.booking"
    label = "booking"
    verbose_name = "预约"
