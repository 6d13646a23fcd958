"""预警：孩子在领事实无人抚养儿童补贴，登记的父母情况却已不符合。只派人核实，绝不自动停发。"""

from minzheng.foundation.rules.words import person


@person("在领事实无人抚养儿童补贴", cite="民发〔2019〕62号 三", since="2023-10-08")
def on_unattended_benefit(on_unattended):
    return on_unattended


@person("预警：父母已能抚养，仍在领补贴", cite="民发〔2019〕62号 三", since="2023-10-08")
def signal_parent_back(alive, on_unattended_benefit, unattended_parents, orphan_parents):
    return alive and on_unattended_benefit and not unattended_parents and not orphan_parents
