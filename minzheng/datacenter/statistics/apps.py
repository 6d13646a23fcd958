from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "minzheng.datacenter.statistics"
    label = "statistics"
    verbose_name = "统计月报"
