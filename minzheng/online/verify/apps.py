from django.apps import AppConfig


class VerifyConfig(AppConfig):
    name = "minzheng.online.verify"
    label = "verify"
    verbose_name = "证照核验"
