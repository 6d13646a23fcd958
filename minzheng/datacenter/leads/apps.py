from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "minzheng.datacenter.leads"
    label = "leads"
    verbose_name = "困难线索"
