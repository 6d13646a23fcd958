from django.apps import AppConfig


class ClubConfig(AppConfig):
    name = "tests.club"
    label = "club"
    verbose_name = "网球俱乐部"
