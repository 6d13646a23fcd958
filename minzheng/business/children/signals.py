"""Whoever is paid although a parent can care again: the township looks, nothing is stopped by itself (民发〔2019〕62号 三)."""

from minzheng.datacenter.signals.words import Signal, Unit

PARENT_BACK = Signal(
    code="parent_back",
    covers=("S-113",),
    title="父母已能抚养，仍在领补贴",
    cite="民发〔2019〕62号 三",
    unit=Unit.PERSON,
    test="signal_parent_back",
    among="on_unattended_benefit",
    task="signals.check",
    look_for="登记的父母情况已不符合事实无人抚养的情形（释放、找到、期限届满）。请核实后在办件里复核，决定以前照常发放。",
)
