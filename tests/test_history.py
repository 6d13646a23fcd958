"""Every table is either kept with its history by triggers, never changed once written, or says here why neither."""

import pghistory.core
import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from pghistory.models import Event

# What may be changed without its old rows being kept, and why that is no loss.
WITHOUT = {
    "institutions.RunLine": "未确认时可以重算，确认以后不再变；算出的金额在待遇金额里有版本",
    # The change itself is a row elsewhere, or the trail tells it.
    "accounts.User": "密码和停用由审计记录；姓名来自人员库",
    "cases.CaseClock": "由办理过程（CaseMove）重新算得出",
    "tasks.TaskVisit": "只在提交前改；提交后由任务的历史记录",
    "payments.Batch": "状态只能按触发器规定的次序走，每步一条审计；冻结后内容不变",
    "payments.PaymentLine": "冻结后金额和账号由触发器锁定；结果来自回盘行",
    "uprating.UpratingLine": "测算时一次写入，只有状态往前走；调整后的金额有各自的决定",
    "exchange.ExchangeCall": "写完结果即由触发器锁定",
    "verification.Check": "每次询问、答复各有一行，状态由它们算出",
    "verification.Request": "每次询问一行，状态随答复走，答复不改",
    "statistics.MonthlyReport": "冻结后由触发器锁定",
    "indicators.ReportedValue": "复核后由触发器锁定，改数另立一行",
    "indicators.Target": "下达后由触发器锁定，调整另立一行",
    "certification.Certification": "每月每人一行，数据变了重新认证",
    "proactive.Offer": "每月每人一行，由规则重新算得出",
    # Written once by the program; nothing in it edits them.
    "people.FactSheet": "新的事实另立一行，旧的不改（since、recorded_at）",
    "documents.Document": "按内容命名，只增不改",
    "cases.CaseMove": "只增不改，每步一行",
    "certification.PlaceNotice": "只增不改",
    "indicators.StatedFigure": "只增不改",
    "verification.Answer": "只增不改",
    "verification.Subject": "只增不改",
    # Derived: made anew from what is kept.
    "screening.Finding": "由筛查重新得出；处理结果在线索里",
    "screening.ScreeningRun": "运行记录",
    "signals.Alert": "由预警规则重新得出；处置在任务里",
    "signals.LibraryEntry": "由规则重新得出，进出库各有日期",
    "signals.GroupCount": "由数据重新得出",
    "signals.SignalRun": "运行记录",
    "signals.Sweep": "对象清单在创建时定下，处置在任务里",
    "signals.SweepTarget": "处置在任务里",
    "indicators.IndicatorValue": "由数据重新得出",
    "simulation.Simulation": "测算，不涉及任何人的权利",
    "lake.LakeRun": "运行记录",
    # Work in hand, machinery.
    "booking.Slot": "由开放计划每晚生成；已约人数由预约算出",
    "reminders.Sms": "短信发件箱，结果由运营商答复；到期删除",
    "booking.Party": "随预约写入一次，取消即删，预约自有历史",
    "services.Statement": "随结算单一次写成，结算单自有历史",
    "elderly.AssessmentDraft": "没有提交的评估草稿，提交后清除",
    "elderly.Guaranteed": "每天夜里重新核对得出",
    "elderly.VoucherUse": "每单一行，只增不改；余额由它们算出",
    "adoption.Origin": "受理时写入一次，之后不改，内容加密",
    "marriage.Spouse": "随婚姻写入，婚姻自有历史",
    "marriage.ArchiveSearch": "只增不改，每次查询一行",
    "marriage.CounselSession": "辅导记录只增不改，内容加密",
    "marriage.Agreement": "受理时写入一次，之后不改，内容加密",
    "audit.AuditPending": "待封存队列",
    "crypto.KnownKey": "密钥指纹",
    "cases.NumberSeries": "编号器",
    "deliveries.Delivery": "送来的文件原样保存，处理步骤由审计记录",
    "deliveries.DeliveryRow": "送来的行，来自原文件",
    "deliveries.DeliveredSheet": "来自送来的文件",
    "deliveries.DeathReport": "来自送来的文件；结论在人员库的历史里",
    "deliveries.Identified": "比对结果，可重算",
    "deliveries.Match": "比对结果，认定由审计记录",
    "events.Event": "事件流水，只增",
    "idempotency.KeyedRequest": "防重复请求，按期清除",
    "registers.Job": "后台任务",
    "registers.ImportRow": "导入前的预览，确认或放弃即清除",
    "registers.SavedView": "个人保存的筛选",
    "regions.Boundary": "地图数据，随时可重新导入",
    "verification.SourceHealth": "数据来源是否可用",
    "api.CallWindow": "接口调用计数",
    "api.Delivery": "事件推送队列",
    "api.Subscription": "订阅，变更由审计记录",
}


def kept_models():
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("minzheng.")
        and not issubclass(model, Event)
        and model._meta.managed
        and not model._meta.proxy
    ]


def has_history(model) -> bool:
    return bool(list(pghistory.core.event_models(tracks_model=model)))


def is_never_changed(model) -> bool:
    """A trigger without any condition refuses updates."""
    protects = [t for t in getattr(model._meta, "triggers", ()) if isinstance(t, pgtrigger.Protect)]
    return any("UPDATE" in str(t.operation) and t.condition is None for t in protects)


def is_guarded(model) -> bool:
    """Triggers say which columns may change, and when; every other change is refused."""
    return any(isinstance(t, pgtrigger.Protect) for t in getattr(model._meta, "triggers", ()))


def test_it_says_of_every_table_how_its_past_is_kept():
    unsaid = [
        model._meta.label
        for model in kept_models()
        if not (has_history(model) or is_never_changed(model) or is_guarded(model))
        and model._meta.label not in WITHOUT
    ]
    assert unsaid == [], "加上 @with_history，或在 WITHOUT 写明为什么不需要"


def test_it_excuses_no_table_that_is_gone_or_has_a_history_by_now():
    labels = {model._meta.label: model for model in kept_models()}
    assert [label for label in WITHOUT if label not in labels] == []
    assert [label for label in WITHOUT if has_history(labels[label]) or is_never_changed(labels[label])] == []


@pytest.mark.parametrize(
    "label",
    [
        "people.Person",
        "people.Household",
        "people.Membership",
        "people.LifeEvent",
        "cases.Case",
        "cases.CasePerson",
        "cases.CaseMaterial",
        "cases.Objection",
        "benefits.Entitlement",
        "benefits.SuspensionPeriod",
        "payments.Recovery",
        "certificates.Issued",
        "verification.Authorisation",
        "accounts.Assignment",
        "regions.Region",
        "disability.Certificate",
    ],
)
def test_it_keeps_the_history_of_what_the_law_looks_at(label):
    assert has_history(apps.get_model(label))


@pytest.mark.django_db
def test_it_keeps_the_old_row_of_an_assignment_changed_by_raw_sql(cast):
    from minzheng.foundation.accounts.models import Assignment

    held = Assignment.objects.filter(user=cast["clerk"]).first()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_assignment SET until = DATE '2030-01-01' WHERE id = %s", [held.pk])
    (event_model,) = pghistory.core.event_models(tracks_model=Assignment)
    assert event_model.objects.get(pgh_obj_id=held.pk).until == held.until
