from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "minzheng.foundation.idempotency"
    label = "idempotency"
    verbose_name = "防重复提交"
