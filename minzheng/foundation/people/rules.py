"""What every line asks about a person. Read as text by the rule engine, like a line's own rules.py."""

from minzheng.foundation.rules.words import age, person


@person("周岁年龄", cite="民法典 第十七条")
def years_old(birth_date, on):
    return age(birth_date, on)
