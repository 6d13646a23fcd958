from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "minzheng.datacenter.indicators"
    label = "indicators"
    verbose_name = "指标与目标"
