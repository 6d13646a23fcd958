from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "minzheng.foundation.tasks"
    label = "tasks"
    verbose_name = "任务"
