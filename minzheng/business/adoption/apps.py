from django.apps import AppConfig


class AdoptionConfig(AppConfig):
    name = "minzheng.business.adoption"
    label = "adoption"
    verbose_name = "收养登记"
