"""What each role may do. One table, read by every route, every action and the tests."""

from minzheng.foundation.accounts.models import Role as R

VILLAGE = {R.VILLAGE_HELPER}
TOWNSHIP = {R.TOWNSHIP_CLERK, R.TOWNSHIP_REVIEWER}
COUNTY = {R.COUNTY_REVIEWER, R.COUNTY_APPROVER}
OFFICERS = VILLAGE | TOWNSHIP | COUNTY
# Files of children and what is known of violence are the most restricted class: nobody else reads them.
CHILDREN = {R.CHILD_DIRECTOR, R.CHILD_SUPERVISOR, R.PROTECTION}

# code: (title, roles). A right over one case also needs the step's own role (foundation/cases).
PERMISSIONS: dict[str, tuple[str, frozenset[str]]] = {
    code: (title, frozenset(roles))
    for code, title, roles in [
        ("desk.open", "打开工作台", set(R) - {R.PARTNER}),
        ("case.read", "查看办件", OFFICERS | {R.FINANCE, R.AUDITOR}),
        ("case.open", "代为申请", VILLAGE | TOWNSHIP | {R.PARTNER}),
        ("case.handle", "办理", OFFICERS),
        ("case.oversee", "督办", {R.TOWNSHIP_REVIEWER, *COUNTY}),
        ("person.read", "查看人员与家庭", OFFICERS | {R.AUDITOR}),
        ("person.reveal", "查看完整号码", TOWNSHIP | COUNTY | {R.FINANCE}),
        ("person.write", "登记人员与家庭", VILLAGE | TOWNSHIP | COUNTY),
        ("person.correct", "撤销、更正生命事件", {R.TOWNSHIP_REVIEWER, *COUNTY}),
        ("register.read", "查看台账", OFFICERS | {R.FINANCE, R.AUDITOR}),
        ("register.write", "维护台账", VILLAGE | TOWNSHIP | COUNTY),
        ("register.export", "导出台账", TOWNSHIP | COUNTY | {R.FINANCE, R.AUDITOR}),
        ("export.approve", "核准他人的导出", {R.TOWNSHIP_REVIEWER, *COUNTY}),
        ("task.read", "查看任务", OFFICERS | {R.AUDITOR}),
        ("task.handle", "办理任务", OFFICERS | CHILDREN | {R.RESCUER}),
        ("task.oversee", "督办任务", TOWNSHIP | COUNTY | {R.CHILD_SUPERVISOR, R.PROTECTION}),
        ("child.read", "查看儿童档案", CHILDREN),
        ("child.draft", "起草儿童档案", {R.CHILD_DIRECTOR}),
        ("child.write", "登记协议、培训、开放情况", CHILDREN),
        ("child.approve", "核准儿童档案、管理儿童主任名册", {R.CHILD_SUPERVISOR, R.PROTECTION}),
        ("child.export", "导出儿童档案", {R.PROTECTION}),
        ("protection.read", "查看临时监护和侵害线索", {R.PROTECTION}),
        ("protection.write", "办理临时监护、会商和监护信用", {R.PROTECTION}),
        ("programme.read", "查看行动", OFFICERS | {R.FINANCE, R.AUDITOR, R.VIEWER}),
        ("programme.plan", "制定行动计划、列入项目", COUNTY),
        ("programme.report", "填报行动进展、检查、登记问题和整改", OFFICERS),
        ("programme.verify", "验收行动项目、交办和复核问题", TOWNSHIP | COUNTY),
        ("rating.read", "查看等级评定", OFFICERS | {R.ASSESSOR, R.AUDITOR, R.VIEWER}),
        ("rating.apply", "代机构自评、申报等级", TOWNSHIP | COUNTY),
        ("rating.assess", "现场评分", {R.ASSESSOR, *COUNTY}),
        ("rating.decide", "组织评定、公示、授牌和撤销", COUNTY),
        ("region.read", "查看区划", set(R)),
        ("region.write", "变更区划", {R.SYSTEM_ADMIN}),
        ("statistics.read", "查看统计", {R.VIEWER, R.AUDITOR, R.FINANCE, *COUNTY, R.TOWNSHIP_REVIEWER}),
        ("statistics.write", "填报指标、分解目标、编制统计月报", {R.TOWNSHIP_REVIEWER, *COUNTY}),
        ("statistics.check", "复核填报、冻结统计月报", COUNTY),
        ("screening.run", "运行筛查", COUNTY),
        ("lake.read", "查看数据湖", {R.SYSTEM_ADMIN, R.AUDITOR, R.VIEWER, *COUNTY}),
        ("lake.refresh", "重建数据湖", {R.SYSTEM_ADMIN, *COUNTY}),
        ("delivery.read", "查看部门数据", COUNTY | {R.AUDITOR}),
        ("delivery.make", "接收和核对部门数据", COUNTY),
        ("payment.read", "查看发放", {R.FINANCE, R.AUDITOR, *COUNTY}),
        ("payment.make", "编制发放批次", {R.FINANCE}),
        ("payment.check", "复核发放批次", {R.FINANCE, R.COUNTY_APPROVER}),
        ("reserve.read", "查看备用金", {R.FINANCE, R.AUDITOR, *TOWNSHIP, *COUNTY}),
        ("reserve.pay", "登记备用金退款、月度对账", TOWNSHIP),
        ("reserve.fund", "拨付备用金", {R.FINANCE}),
        ("reserve.open", "设立备用金、确认月度对账", {R.COUNTY_APPROVER}),
        ("one_off.read", "查看一次性发放", {R.FINANCE, R.AUDITOR, *COUNTY}),
        ("one_off.make", "登记一次性发放", {R.COUNTY_REVIEWER}),
        ("one_off.confirm", "确认一次性发放", {R.COUNTY_APPROVER}),
        ("no_exit.make", "登记应急期间不退出", {R.COUNTY_REVIEWER}),
        ("no_exit.confirm", "确认、解除应急期间不退出", {R.COUNTY_APPROVER}),
        ("uprating.read", "查看提标重算", {R.FINANCE, R.AUDITOR, *COUNTY}),
        ("uprating.make", "测算提标", {R.COUNTY_REVIEWER}),
        ("uprating.confirm", "确认提标", {R.COUNTY_APPROVER}),
        ("check.read", "查看核对报告", TOWNSHIP | COUNTY | {R.AUDITOR}),
        ("check.run", "发起核对、处理核对异议", {R.COUNTY_REVIEWER}),
        ("exchange.read", "查看部门信息共享", {R.AUDITOR, R.SECURITY_ADMIN, *COUNTY}),
        ("home.file", "办理养老机构备案、登记等级", COUNTY),
        ("institution.work", "办理本机构的业务", {R.INSTITUTION}),
        ("service.order", "为服务对象下单、确认服务", OFFICERS),
        ("service.settle", "编制服务结算、处理投诉", {R.COUNTY_REVIEWER}),
        ("service.check", "确认服务结算", {R.COUNTY_APPROVER}),
        ("certificate.read", "查看证照", OFFICERS | {R.AUDITOR}),
        ("certificate.write", "管理证照", TOWNSHIP | COUNTY),
        ("booking.handle", "打开预约名单", {R.REGISTRAR, *COUNTY}),
        ("marriage.read", "查看婚姻登记", {R.REGISTRAR}),
        ("marriage.write", "办理婚姻登记", {R.REGISTRAR}),
        ("marriage.offices", "查看婚姻登记机关和登记员", {R.REGISTRAR, *COUNTY}),
        ("marriage.office", "设立登记机关、任免登记员", {R.COUNTY_APPROVER}),
        ("marriage.agreement", "查阅离婚协议", {R.REGISTRAR}),
        ("marriage.alert", "查看登记风险提示", {R.REGISTRAR, R.COUNTY_APPROVER}),
        ("rescue.read", "查看救助管理", {R.RESCUER, R.AUDITOR, *COUNTY}),
        ("rescue.write", "办理救助、寻亲", {R.RESCUER, *COUNTY}),
        ("rescue.confirm", "核准延期、公告、比对和落户安置", COUNTY),
        ("rescue.export", "导出救助台账、交换个案", {R.RESCUER, *COUNTY}),
        ("rescue.patrol", "登记街面巡查", {R.RESCUER, *OFFICERS}),
        ("funeral.read", "查看殡葬台账", {*TOWNSHIP, *COUNTY, R.FINANCE, R.AUDITOR}),
        ("funeral.write", "登记殡葬事务", COUNTY),
        ("funeral.counter", "打开殡葬服务窗口", COUNTY | {R.INSTITUTION}),
        ("funeral.settle", "编制殡葬减免结算", {R.COUNTY_REVIEWER}),
        ("funeral.check", "确认殡葬减免结算、生态安葬补贴", {R.COUNTY_APPROVER}),
        ("audit.read", "查看审计", {R.AUDITOR, R.AUDIT_ADMIN}),
        ("upkeep.read", "查看备份与恢复", {R.SYSTEM_ADMIN, R.SECURITY_ADMIN, R.AUDIT_ADMIN, R.AUDITOR}),
        ("status.enquire", "核实待遇资格（部门接口）", {R.PARTNER}),
        ("api.client", "管理接口客户", {R.SYSTEM_ADMIN}),
        ("account.read", "查看账号", {R.SYSTEM_ADMIN, R.SECURITY_ADMIN, R.AUDIT_ADMIN}),
        ("account.write", "开立账号、申请和免去任职", {R.SYSTEM_ADMIN}),
        ("account.grant", "核准任职、结束他人的登录", {R.SECURITY_ADMIN}),
    ]
}


def roles_with(permission: str) -> frozenset[str]:
    """Roles that carry a permission; an unknown code is a programming error and fails loudly."""
    return PERMISSIONS[permission][1]
