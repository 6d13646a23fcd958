from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "minzheng.business.children"
    label = "children"
    verbose_name = "儿童福利"
