from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "minzheng.datacenter.lake"
    label = "lake"
    verbose_name = "数据湖"
