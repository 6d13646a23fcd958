from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "minzheng.foundation.scoring"
    label = "scoring"
    verbose_name = "等级评定"
