"""EX01's family applies on the phone, page after page, as a person would: for every journey that begins there."""

from minzheng.online.portal.tests.family import CHILD, HUSBAND, PDF, Writer


def start(open_page, cast, **how):
    page = open_page("/portal/items/A1/", user=cast["xiuying"], width=390, **how)
    page.set_default_timeout(10_000)
    writer = Writer(page)
    writer.follow("开始申请").follow("是，就在新村").go_on("为我自己和我家")
    return writer


def family_section(writer):
    writer.choose("城镇").go_on()
    writer.type("现在住在哪里", "新村三组12号").go_on()
    writer.type("联系电话", "13912345678").go_on()
    writer.choose("疾病").go_on()
    writer.type("简单说说家里的困难", "丈夫生病，孩子上学。").go_on()


def member(writer, *, relation, works, wage=None, education="不在学"):
    if relation == "子女":
        writer.choose_in("长期和您家住在一起吗", "是").choose_in("依法应由您家赡养", "是").go_on()
    writer.choose_in("劳动能力", "有" if works else "无").choose_in("现在有工作吗", "是" if works else "否")
    writer.choose_in("残疾类别", "无").go_on()
    writer.choose(education).go_on()
    if wage:
        writer.choose("工资性收入").go_on()
        writer.type("工资性收入", wage).go_on()
    else:
        writer.choose("都没有").go_on()


def add_member(writer, button, person, relation, **situation):
    writer.follow(button)
    writer.type("姓名", person[0]).type("身份证号", person[1]).choose(relation).go_on()
    member(writer, relation=relation, **situation)


def members_section(writer):
    writer.follow("继续填写")
    member(writer, relation="本人", works=True, wage="1020")
    add_member(writer, "再加一个家庭成员", HUSBAND, "配偶", works=False)
    add_member(writer, "再加一个家庭成员", CHILD, "子女", works=False, education="义务教育")
    writer.go_on("填完了，继续")


def rest(writer):
    writer.choose("否").go_on()  # 义务人
    writer.choose("都没有").go_on()  # 财产
    writer.type("全家有几套房", "1").go_on()
    writer.go_on("没有，继续")  # 房屋情况
    writer.type("有几辆汽车、几条船", "0").go_on()
    writer.choose("否").go_on()
    writer.go_on()  # 承包土地，选填
    writer.type("开户银行", "新晃农商银行").type("申请人本人的银行卡号", "6217001234567890123").go_on()
    writer.choose("否").go_on()
    writer.page.get_by_role("checkbox").check()
    writer.go_on()


def sign(writer):
    """Her own consent by her own log-in, her husband's on paper; the child's guardian signs for the child."""
    writer.follow("家庭成员签署核对授权").follow("我来签署")
    writer.page.get_by_role("checkbox").check()
    writer.go_on("签署")
    writer.follow("上传签好的授权书")
    writer.page.get_by_label("签好的授权书照片").set_input_files(PDF)
    writer.go_on("上传")


def apply(open_page, cast):
    """From the guide to the receipt."""
    writer = start(open_page, cast)
    writer.follow("家庭基本情况")
    family_section(writer)
    members_section(writer)
    rest(writer)
    sign(writer)
    writer.follow("回到填写进度").follow("核对并提交")
    writer.go_on("提交申请")
    return writer
