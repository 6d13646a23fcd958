from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "minzheng.foundation.exchange"
    label = "exchange"
    verbose_name = "部门信息共享"
