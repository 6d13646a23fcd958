from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "minzheng.foundation.organisations"
    label = "organisations"
    verbose_name = "单位与机构"
