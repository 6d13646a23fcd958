"""What a rule file may not say; every refusal names file, line and remedy."""

import pytest

from minzheng.foundation.rules import RuleError
from minzheng.foundation.rules.grammar import FOREVER, Over, parse_rules

from .toy import HEAD, book, one

REFUSED = [
    ("x / 12", "x", "除号 / 会产生小数", "//"),
    ("x.real", "x", "不能用点号取属性", "声明成事实"),
    ("y", "x", "y 不在参数里", "写进函数参数"),
    ("x * 1.5", "x", "小数 1.5 会丢失分毫", "百分数"),
    ("x > 60", "x", "写死了数字 60", "standards/"),
    ("open('/etc/passwd')", "x", "不能调用 open", "只能调用"),
    ("min(x)", "x", "min 的参数个数不对", "2"),
    ("min(x, key=x)", "x", "不能调用 min", "只能调用"),
    ("[x for x in x]", "x", "超出规则语法", "只用"),
    ("(lambda: x)()", "x", "不能调用", "只能调用"),
    ("x is True", "x", "不能用 is", "=="),
    ("x in [x]", "x", "超出规则语法", "只用"),
    ("x in (x, x)", "x", "只能是选项文字", "选项标准"),
    ("x ** 12", "x", "超出规则语法", "只用"),
    ("x % 12", "x", "超出规则语法", "只用"),
    ("f'{x}'", "x", "超出规则语法", "只用"),
    ("x[0]", "x", "超出规则语法", "只用"),
    ("(x := 1)", "x", "超出规则语法", "只用"),
    ("None", "x", "不能用 None", "整数"),
]


@pytest.mark.parametrize(("expression", "args", "problem", "remedy"), REFUSED)
def test_it_refuses_what_lies_outside_the_grammar(expression, args, problem, remedy):
    with pytest.raises(RuleError) as error:
        parse_rules(f"{HEAD}def r({args}):\n    return {expression}\n", "toy/rules.py")
    assert str(error.value).startswith("toy/rules.py:3")
    assert problem in error.value.problem
    assert remedy in error.value.remedy


FILES = [
    ("import os\n", "toy/rules.py:1", "只能有规则"),
    ("x = 1\n", "toy/rules.py:1", "只能有规则"),
    ("def r(:\n", "toy/rules.py:1", "不是合法的 Python"),
    ("def r(x):\n    return x\n", "toy/rules.py:1", "没有写明对象"),
    ("@family('甲', cite='乙')\ndef r(x):\n    return x\n", "toy/rules.py:1", "不认识的装饰器"),
    ("@household(cite='乙')\ndef r(x):\n    return x\n", "toy/rules.py:1", "没有名称"),
    ("@household('', cite='乙')\ndef r(x):\n    return x\n", "toy/rules.py:1", "没有名称或依据"),
    ("@household('甲')\ndef r(x):\n    return x\n", "toy/rules.py:1", "没有名称或依据"),
    ("@household('甲', cite=' ')\ndef r(x):\n    return x\n", "toy/rules.py:1", "没有名称或依据"),
    ("@household('甲', cite='乙', colour='红')\ndef r(x):\n    return x\n", "toy/rules.py:1", "colour"),
    ("@household('甲', cite='乙', since='2021-02-30')\ndef r(x):\n    return x\n", "toy/rules.py:1", "since"),
    (
        "@household('甲', cite='乙', since='2021-07-01', until='2021-07-01')\ndef r(x):\n    return x\n",
        "toy/rules.py:1",
        "until",
    ),
    (HEAD + "def r(x):\n    y = x\n    return y\n", "toy/rules.py:2", "不是一句 return"),
    (HEAD + "def r(x):\n    pass\n", "toy/rules.py:2", "不是一句 return"),
    (HEAD + "def r(*x):\n    return 0\n", "toy/rules.py:2", "参数写法"),
    (HEAD + "def r(x=1):\n    return x\n", "toy/rules.py:2", "不是汇总"),
    (HEAD + "def r(x=total(y)):\n    return x\n", "toy/rules.py:2", "不是汇总"),
    (
        '@person("甲", cite="乙")\ndef r(x=total("y")):\n    return x\n',
        "toy/rules.py:2",
        "成员规则里不能汇总",
    ),
]


@pytest.mark.parametrize(("text", "place", "problem"), FILES)
def test_it_refuses_a_file_that_is_not_a_list_of_rules(text, place, problem):
    with pytest.raises(RuleError) as error:
        parse_rules(text, "toy/rules.py")
    assert error.value.where == place
    assert problem in error.value.problem
    assert error.value.remedy


def test_it_never_runs_the_file(tmp_path):
    trap = tmp_path / "trap"
    with pytest.raises(RuleError):
        parse_rules(f"open({str(trap)!r}, 'w')\n", "toy/rules.py")
    assert not trap.exists()


def test_it_reads_label_citation_dates_and_arguments():
    (rule,) = parse_rules(
        '"""说明"""\nfrom minzheng.foundation.rules.words import household, total\n\n\n'
        '@household("家庭收入", cite="团章 第三条", since="2021-07-01", result=True)\n'
        'def income(rent, fees=total("fee")):\n    """说明"""\n    return fees + rent\n',
        "toy/rules.py",
    )
    assert (rule.name, rule.label, rule.cite, rule.result) == ("income", "家庭收入", "团章 第三条", True)
    assert (rule.since, rule.until) == (20210701, FOREVER)
    assert rule.args == {"rent": "rent", "fees": Over("total", "fee")}
    assert rule.where == "toy/rules.py:6"


def test_it_reads_one_expression_under_several_laws():
    text = (
        '@household("甲", cite="旧法 第一条", until="2021-07-01")\n'
        '@household("甲", cite="新法 第一条", since="2021-07-01")\n'
        "def r(x):\n    return x\n"
    )
    old, new = parse_rules(text, "toy/rules.py")
    assert (old.cite, new.cite) == ("旧法 第一条", "新法 第一条")
    assert old.until == new.since
    assert old.body is new.body


KINDS_REFUSED = [
    ("rent + chairs", "rent, chairs", "放在了一起"),
    ("rent + grant_monthly", "rent, grant_monthly", "放在了一起"),
    ("rent < grant_monthly", "rent, grant_monthly", "放在了一起"),
    ("purse < rent", "purse, rent", "放在了一起"),
    ("rent + 1", "rent", "放在了一起"),
    ("rent if chairs else 0", "rent, chairs", "需要是否"),
    ("hall and rent", "hall, rent", "需要是否"),
    ("not rent", "rent", "需要是否"),
    ("rent * rent", "rent", "两个金额相乘"),
    ("chairs // rent", "chairs, rent", "用数字除以金额"),
    ("hall + 1", "hall", "不能拿是否计算"),
    ("hall == True", "hall", "用 == 比较了是否"),
    ("hall if hall else rent", "hall, rent", "放在了一起"),
    ("age(chairs, on)", "chairs, on", "需要日期"),
    ("max(hall, hall)", "hall", "max"),
    ("low_voices", "low_voices", "一组选项"),
    ("chairs in ('高',)", "chairs", "用 in 判断了整数"),
    ("-hall", "hall", "不能拿是否计算"),
    ("rent == '高'", "rent", "放在了一起"),
    ("t", "t=total('sings')", "不能对是否求 total"),
    ("t", "t=count('fee')", "不能对金额（元/年）用 count"),
]


@pytest.mark.parametrize(("expression", "args", "problem"), KINDS_REFUSED)
def test_it_refuses_values_that_do_not_fit_together(expression, args, problem):
    with pytest.raises(RuleError, match=r"toy/rules\.py:") as error:
        one(expression, args)
    assert problem in error.value.problem
    assert error.value.remedy


def test_it_refuses_an_option_that_the_fact_does_not_have():
    for expression in ("voice == '男低'", "voice in ('高', '男低')", "('高' if sings else '男低') == voice"):
        with pytest.raises(RuleError, match="不存在的选项“男低”"):
            one(expression, "voice, sings", head='@person("甲", cite="乙")\n')


KINDS_GIVEN = [
    ("rent // 12", "rent", "金额（元/月）"),
    ("round_half_up(rent, 12 * chairs)", "rent, chairs", "金额（元/月）"),
    ("rent // chairs", "rent, chairs", "金额（元/年）"),
    ("grant_monthly * 12", "grant_monthly", "金额（元/年）"),
    ("grant_monthly * months", "grant_monthly, months", "金额（元）"),
    ("grant_monthly * chairs", "grant_monthly, chairs", "金额（元/月）"),
    ("rent // fee_limit", "rent, fee_limit", "整数"),
    ("rent < fee_limit * chairs", "rent, fee_limit, chairs", "是否"),
    ("0 if hall else rent", "hall, rent", "金额（元/年）"),
    ("max(rent - fee_limit, 0)", "rent, fee_limit", "金额（元/年）"),
    ("'甲' if hall else '乙'", "hall", "选项（甲、乙）"),
    ("c", "c=count('sings')", "整数"),
    ("t", "t=total('fee')", "金额（元/年）"),
    ("months_between(on, on)", "on", "整数"),
]


@pytest.mark.parametrize(("expression", "args", "kind"), KINDS_GIVEN)
def test_it_works_out_the_kind_and_period_of_a_rule(expression, args, kind):
    assert str(one(expression, args).law(20210901).kinds["r"]) == kind


def test_it_knows_rules_by_the_kind_of_other_rules():
    made = book(
        f"{HEAD}def a(rent):\n    return rent // 12\n\n{HEAD}def b(a, grant_monthly):\n    return a < grant_monthly\n"
    )
    assert str(made.law(20210901).kinds["b"]) == "是否"
