from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "minzheng.datacenter.deliveries"
    label = "deliveries"
    verbose_name = "部门数据"
