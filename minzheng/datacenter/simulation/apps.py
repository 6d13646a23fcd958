from django.apps import AppConfig


class SimulationConfig(AppConfig):
    name = "minzheng.datacenter.simulation"
    label = "simulation"
    verbose_name = "标准测算"
