from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "minzheng.business.assistance"
    label = "assistance"
    verbose_name = "社会救助"
