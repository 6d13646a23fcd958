from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "minzheng.foundation.funds"
    label = "funds"
    verbose_name = "资金下达"
