from django.apps import AppConfig


class UpratingConfig(AppConfig):
    name = "minzheng.foundation.uprating"
    label = "uprating"
    verbose_name = "提标重算"
