from django.apps import AppConfig


class ProactiveConfig(AppConfig):
    name = "minzheng.datacenter.proactive"
    label = "proactive"
    verbose_name = "主动发放"
