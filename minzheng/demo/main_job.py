"""The main job: screen, open cases, decide, pay, report."""

from __future__ import annotations

from minzheng.datacenter.screening.models import Kind
from minzheng.datacenter.screening.screen import Screened, screen
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.demo.show import Show
from minzheng.demo.story.adopted import adopt
from minzheng.demo.story.assessed import ask_for_assessment, give_vouchers, subsidise_care
from minzheng.demo.story.burials import ask_for_burials
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.children import look_after_children
from minzheng.demo.story.counted import count_months
from minzheng.demo.story.emergencies import help_at_once
from minzheng.demo.story.funerals import run_funerals
from minzheng.demo.story.helped import help_families, missed_in_township
from minzheng.demo.story.homes import ask_for_homes
from minzheng.demo.story.marriages import fill_registry
from minzheng.demo.story.month import MonthPaid, pay_month
from minzheng.demo.story.officers import Officers
from minzheng.demo.story.programmes import run_programmes
from minzheng.demo.story.rehabilitated import rehabilitate
from minzheng.demo.story.rescued import run_station
from minzheng.demo.story.rounds import leave_rounds
from minzheng.demo.story.subsidy import subsidise_prices
from minzheng.demo.story.unfinished import Unfinished, not_entitled_families
from minzheng.demo.story.wards import look_after_wards
from minzheng.demo.story.watched import watch
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.cases.models import Case
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.people.models import Household
from minzheng.foundation.regions.models import Region

# So many families of the township go the whole way; one is left at each step of the others.
HELPED = 12


def run_main_job(show: Show, days: Days) -> bool:
    """Everything from the screening to the proof; whether the month is proven to the fen."""
    officers = Officers()
    with show.step(f"全员筛查 {days.screen_month:%Y年%m月}"):
        screened = screen(days.screen_month, Region.objects.get(code=COUNTY), officers.users["reviewer"])
        show.note(f"{screened.looked:,} 户（人）次，与柜台同一套规则")
    with show.step(f"监测预警和低收入人口库 {days.screen_month:%Y年%m月}"):
        show.note(watch(officers, days))
    missed = missed_in_township(days)
    helped, left = missed[-HELPED:], missed[:-HELPED]
    show.bar(
        "主动办理应享未享家庭：申请、受理、核对、入户、公示、确认",
        help_families(officers, helped, days),
        len(helped),
    )
    with show.step("在各个环节各留一件，等您来办"):
        titles = leave_unfinished(officers, days, [f.household for f in left if f.household])
        show.note(f"{len(titles)} 件")
    with show.step("走访和线索：村里发现的、群众反映的，等协理员入户"):
        show.note(f"{leave_rounds(officers, days)} 项")
    with show.step("儿童：孤儿、事实无人抚养、留守儿童，儿童主任、走访、临时监护"):
        show.note(look_after_children(days))
    with show.step("精神障碍社区康复：在服务、等确认；相对贫困研究两次"):
        show.note(rehabilitate(officers, days))
    with show.step("儿童福利机构、明天计划、服务缺口、社会组织"):
        show.note(look_after_wards(officers, days))
    with show.step("收养登记：公告、评估、登记、解除各有一件"):
        show.note(adopt(officers, days))
    with show.step("殡葬：一座殡仪馆、三处安葬（放）设施、清明祭扫时段"):
        show.note(run_funerals(officers, days))
    with show.step("殡葬事项：减免、生态安葬、异地接收、公墓和代理备案、续用，等窗口或县级办理"):
        show.note(f"{ask_for_burials(officers, days)} 件")
    with show.step("救助管理：一座救助站、身份不明的人、等核定的寻亲比对、冬季巡查"):
        show.note(run_station(officers, days))
    with show.step("急难救助：乡镇备用金、当场发放、补齐材料、月度对账"):
        show.note(f"{help_at_once(officers, days)} 件")
    with show.step("老年人能力评估：一件等上门评估，一件等受理；养老服务券和护理补贴"):
        show.note(
            f"{len(ask_for_assessment(officers, days))} 件，养老服务券 {give_vouchers(officers, days)} 件，"
            f"护理补贴 {subsidise_care(officers, days)} 件"
        )
    with show.step("养老机构：备案、等级、补贴各一件等县级办理，上月补贴等确认"):
        show.note(f"{ask_for_homes(officers, days)} 件")
    with show.step("价格临时补贴：涨幅达到启动条件，登记、看清合计、另一人确认"):
        subsidy = subsidise_prices(officers, days)
        show.note(f"惠及 {subsidy.persons:,} 人 {yuan(subsidy.total_fen)} 元")
    with show.step(f"发放 {days.pay_month:%Y年%m月}：编制、冻结、复核、送出、回盘、办结"):
        paid = pay_month(officers, days)
        show.note(f"{paid.batch.payable_count} 笔 {yuan(paid.batch.payable_fen)} 元")
    with show.step("行动、问题闭环和等级评定"):
        undertakings, problems = run_programmes(officers, days)
        show.note(f"{undertakings} 个项目，{problems} 个问题")
    with show.step("婚姻登记处：一年的登记、本周的预约、冷静期里的申请、待核对的老档案"):
        show.note(f"{fill_registry(officers, days)} 对")
    with show.step("计算近6个月指标，载入目标，冻结一份统计月报"):
        show.note(f"{count_months(officers, days):,} 个指标值")
    with show.step("一位家庭成员去世，复核自动启动"):
        case = Case.objects.filter(status="active", household__memberships__order=1).order_by("pk").first()
        if case is not None:
            show.note(f"办件 {Unfinished(officers, days).bereaved(case).number}")
    report(show, screened, paid, len(helped), titles)
    return paid.is_proven


def leave_unfinished(officers: Officers, days: Days, families: list[Household]) -> list[str]:
    """Titles of the cases left open; the last one was refused and waits to be told."""
    unfinished = Unfinished(officers, days)
    titles = [title for title, _ in unfinished.all(families)]
    for family in not_entitled_families(VILLAGE, 1):
        unfinished.refused(family)
        titles.append("不予确认，待送达告知书")
    return titles


def report(show: Show, screened: Screened, paid: MonthPaid, helped: int, titles: list[str]) -> None:
    found = [(kind.label, str(screened.found[kind.value])) for kind in Kind]
    show.table(f"筛查发现（{screened.month:%Y年%m月}）", ("种类", "户/人"), found)
    batch, proof = paid.batch, paid.proof
    show.table(
        "办理与发放",
        ("事项", "结果"),
        [
            ("主动办结、予以确认", f"{helped} 户"),
            ("留在各环节待办", f"{len(titles)} 件"),
            (f"{batch.month:%Y年%m月}批次 {batch.number}", f"{batch.payable_count} 笔"),
            ("应享", f"{yuan(proof.owed)} 元"),
            ("　= 已发", f"{yuan(proof.paid)} 元"),
            ("　+ 失败待重发", f"{yuan(proof.failed)} 元"),
            ("　+ 暂缓（如领款人已死亡）", f"{yuan(proof.held)} 元"),
            ("资金核对", "一致，分毫不差" if paid.is_proven else f"不一致，差 {yuan(proof.difference)} 元"),
            ("审计记录", f"{AuditEntry.objects.count():,} 条"),
        ],
    )
