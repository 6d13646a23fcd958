from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "minzheng.datacenter.signals"
    label = "signals"
    verbose_name = "监测预警"
