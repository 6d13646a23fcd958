"""D3 精神障碍社区康复：确诊的都可以参加，自愿；没有核对过诊断就是未定。"""

from minzheng.foundation.rules.words import person


@person("符合精神障碍社区康复", cite="民发〔2017〕167号", since="2017-10-26", result=True)
def community_rehab(alive, mind_diagnosed):
    return alive and mind_diagnosed


@person("没有确诊精神障碍", cite="民发〔2017〕167号", since="2017-10-26")
def reason_mind_not_diagnosed(mind_diagnosed):
    return not mind_diagnosed


@person("本人已经去世", cite="民发〔2017〕167号", since="2017-10-26")
def reason_rehab_dead(alive):
    return not alive


@person(
    "辅具租赁补贴对象",
    cite="国发〔2016〕60号；各地租赁补贴办法（待当地确认）",
    since="2019-06-01",
    result=True,
)
def aid_subsidy(alive, certified, on_dibao, on_tekun, aid_subsidy_for_all):
    return alive and certified and (aid_subsidy_for_all or on_dibao or on_tekun)
