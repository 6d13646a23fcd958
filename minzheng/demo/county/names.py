"""Names as they are heard in 新晃: Dong, Miao and Han surnames, given names of each generation."""

from __future__ import annotations

from random import Random

# Surname: share in a thousand households. 杨, 吴, 姚, 蒲 are the large Dong families of the county.
SURNAMES = {
    "杨": 205, "吴": 140, "姚": 125, "蒲": 90, "龙": 60, "田": 42, "舒": 38, "张": 32, "曾": 25, "江": 24,
    "李": 22, "王": 18, "陈": 18, "刘": 16, "罗": 15, "黄": 14, "唐": 14, "石": 12, "彭": 11, "谢": 10,
    "胡": 9, "周": 9, "邓": 8, "钟": 7, "向": 7, "廖": 6, "潘": 6, "滕": 5, "欧阳": 4, "补": 4, "禹": 4,
}  # fmt: skip
# GB/T 3304: 12 侗族, 06 苗族, 01 汉族, 15 土家族
ETHNIC = {"12": 72, "06": 9, "01": 17, "15": 2}

OLD_MEN = "昌祖德光永启绍宗世承文家国正明长开通再秀"
OLD_MEN_SECOND = "福贵发财林清云华祥富仁义礼才元银金海生寿"
OLD_WOMEN = "桂秀菊翠玉银金兰凤莲梅香春水冬月美腊满细"
OLD_WOMEN_SECOND = "英花香妹莲秀珍娥兰梅凤菊翠姣云桃枝芝珠英"
MEN = "建志海小晓绍代再家泽宏国文军长明世永俊先"
MEN_SECOND = "军华平强辉勇刚斌伟林云龙松飞波涛明国良兵"
WOMEN = "小海晓春丽红雪艳美玉秋冬彩金桂爱慧水凤燕"
WOMEN_SECOND = "燕梅芳英霞玲娟艳花平芬兰琴红群丽云莲珍萍"
BOYS = "浩子宇俊梓家泽思一嘉文博宏奕智昊天鑫佳皓"
BOYS_SECOND = "轩涵宇杰豪然睿泽阳航博宸铭城鹏辰翔毅林洋"
GIRLS = "梓欣雨思诗佳子紫梦依雅语若馨可静晨心婉慧"
GIRLS_SECOND = "涵怡萱琪彤妍雯瑶菲蕊婷洁悦彤晴桐颖媛钰昕"

GENERATIONS = {
    "1": ((1962, OLD_MEN, OLD_MEN_SECOND), (1998, MEN, MEN_SECOND), (9999, BOYS, BOYS_SECOND)),
    "2": ((1962, OLD_WOMEN, OLD_WOMEN_SECOND), (1998, WOMEN, WOMEN_SECOND), (9999, GIRLS, GIRLS_SECOND)),
}


def surname(random: Random) -> str:
    return random.choices(list(SURNAMES), list(SURNAMES.values()))[0]


def ethnic(random: Random) -> str:
    return random.choices(list(ETHNIC), list(ETHNIC.values()))[0]


def given_name(random: Random, sex: str, birth_year: int) -> str:
    """One or two characters that suit the sex (1, 2) and the year of birth."""
    first, second = next((a, b) for until, a, b in GENERATIONS[sex] if birth_year < until)
    return random.choice(second) if random.random() < 0.08 else random.choice(first) + random.choice(second)
