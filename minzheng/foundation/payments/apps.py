from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "minzheng.foundation.payments"
    label = "payments"
    verbose_name = "发放"
