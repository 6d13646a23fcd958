from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "minzheng.foundation.certificates"
    label = "certificates"
    verbose_name = "证照"
