from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "minzheng.foundation.people"
    label = "people"
    verbose_name = "人员与家庭"
