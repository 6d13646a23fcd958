from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "minzheng.datacenter.certification"
    label = "certification"
    verbose_name = "静默认证"
