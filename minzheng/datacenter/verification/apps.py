from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "minzheng.datacenter.verification"
    label = "verification"
    verbose_name = "经济状况核对"
