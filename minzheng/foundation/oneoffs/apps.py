from django.apps import AppConfig


class OneOffsConfig(AppConfig):
    name = "minzheng.foundation.oneoffs"
    label = "oneoffs"
    verbose_name = "一次性发放"
