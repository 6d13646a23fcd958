from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "minzheng.foundation.facilities"
    label = "facilities"
    verbose_name = "设施"
