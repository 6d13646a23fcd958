"""Marks: what may happen to any case, in any line. Clocks start and stop at marks; each is also an event `case.<mark>`.

A small vocabulary on purpose: the engine knows what to do at each of them, and an item only says when they happen.
"""

MARKS = {
    "submitted": "提交申请",
    "correction_asked": "一次性告知补正",
    "corrected": "补正",
    "accepted": "受理",
    "not_accepted": "不予受理",
    "check_asked": "提请核对",
    "checked": "完成核对",
    "survey_started": "开始入户调查",
    "surveyed": "完成入户调查",
    "county_visited": "县级入户核查",
    "complained": "收到投诉举报",
    "assessed": "计算认定结果",
    "proposed": "提出意见",
    "posted": "张贴公示",
    "objected": "收到异议",
    "objection_upheld": "异议成立",
    "objection_dismissed": "异议不成立",
    "publicised": "公示结束",
    "received": "送交审核确认",
    "returned": "退回重办",
    "granted": "确认给予",
    "refused": "不予确认",
    "told": "送达告知",
    "withdrawn": "撤回申请",
    "lapsed": "逾期未补正",
    "review_started": "启动复核",
    "review_finished": "复核办结",
    "heard": "听取意见",
    "changed": "调整待遇",
    "exit_started": "进入渐退期",
    "ended": "终止待遇",
    "died": "登记死亡",
}
