from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "minzheng.foundation.benefits"
    label = "benefits"
    verbose_name = "待遇"
