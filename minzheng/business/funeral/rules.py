"""四项基本服务费减免（F1）：谁可以减、每项最多减多少、总共最多减多少。范围和上限是各地的标准。"""

from minzheng.foundation.rules.words import person


@person("去世时是困难群众", cite="民发〔2012〕211号；各地规定", since="2009-01-01")
def funeral_needy(
    died_on_dibao,
    died_on_tekun,
    died_an_orphan,
    died_in_edge_family,
    funeral_waives_dibao,
    funeral_waives_tekun,
    funeral_waives_orphan,
    funeral_waives_edge,
):
    return (
        (died_on_dibao and funeral_waives_dibao)
        or (died_on_tekun and funeral_waives_tekun)
        or (died_an_orphan and funeral_waives_orphan)
        or (died_in_edge_family and funeral_waives_edge)
    )


@person("可以减免四项基本服务费", cite="民发〔2012〕211号；各地规定", since="2009-01-01", result=True)
def funeral_waiver(funeral_needy, funeral_hukou_here, funeral_all_residents):
    return funeral_needy or (funeral_all_residents and funeral_hukou_here)


@person("存放费中可以减免的天数", cite="各地规定（标准 funeral_waived_storage_days）", since="2009-01-01")
def funeral_waivable_days(funeral_stored_days, funeral_waived_storage_days):
    return min(funeral_stored_days, funeral_waived_storage_days)


@person("接运费可减", cite="各地规定（标准 funeral_cap_transport）", since="2009-01-01")
def funeral_transport_waivable(funeral_transport_fee, funeral_caps_items, funeral_cap_transport):
    return min(funeral_transport_fee, funeral_cap_transport) if funeral_caps_items else funeral_transport_fee


@person("存放费可减", cite="各地规定（标准 funeral_cap_storage）", since="2009-01-01")
def funeral_storage_waivable(
    funeral_storage_fee, funeral_waivable_days, funeral_caps_items, funeral_cap_storage
):
    return (
        min(funeral_storage_fee * funeral_waivable_days, funeral_cap_storage)
        if funeral_caps_items
        else funeral_storage_fee * funeral_waivable_days
    )


@person("火化费可减", cite="各地规定（标准 funeral_cap_cremation）", since="2009-01-01")
def funeral_cremation_waivable(funeral_cremation_fee, funeral_caps_items, funeral_cap_cremation):
    return min(funeral_cremation_fee, funeral_cap_cremation) if funeral_caps_items else funeral_cremation_fee


@person("骨灰寄存费可减", cite="各地规定（标准 funeral_cap_ashes）", since="2009-01-01")
def funeral_ashes_waivable(funeral_ashes_fee, funeral_caps_items, funeral_cap_ashes):
    return min(funeral_ashes_fee, funeral_cap_ashes) if funeral_caps_items else funeral_ashes_fee


@person(
    "减免金额", cite="民发〔2012〕211号；各地规定（标准 funeral_waiver_cap）", since="2009-01-01", result=True
)
def funeral_waived(
    funeral_waiver,
    funeral_transport_waivable,
    funeral_storage_waivable,
    funeral_cremation_waivable,
    funeral_ashes_waivable,
    funeral_waiver_cap,
):
    return (
        min(
            funeral_transport_waivable
            + funeral_storage_waivable
            + funeral_cremation_waivable
            + funeral_ashes_waivable,
            funeral_waiver_cap,
        )
        if funeral_waiver
        else 0
    )


@person("账单合计", cite="殡仪馆收费公示", since="2009-01-01")
def funeral_bill(
    funeral_transport_fee,
    funeral_storage_fee,
    funeral_stored_days,
    funeral_cremation_fee,
    funeral_ashes_fee,
    funeral_other_fee,
):
    return (
        funeral_transport_fee
        + funeral_storage_fee * funeral_stored_days
        + funeral_cremation_fee
        + funeral_ashes_fee
        + funeral_other_fee
    )


@person("家属支付", cite="殡仪馆收费公示", since="2009-01-01", result=True)
def funeral_family_pays(funeral_bill, funeral_waived):
    return funeral_bill - funeral_waived


@person("不在减免范围：不是困难群众，本地也没有惠及全体居民", cite="各地规定", since="2009-01-01")
def reason_funeral_scope(funeral_waiver):
    return not funeral_waiver
