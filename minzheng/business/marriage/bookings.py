"""What a couple can book a time for (S-141); counselling in S-146."""

from minzheng.foundation.booking.words import Bookable

BY = "婚姻登记条例（国务院令第804号）；婚姻登记工作规范"
ID_CARDS = "双方的居民身份证原件（不用带户口簿）"

WEDDING = Bookable(
    code="marriage",
    title="结婚登记",
    summary="两个人都到场，当场办好，不收费。全国任何一处婚姻登记机关都能办。",
    icon="heart",
    covers=("S-141",),
    persons=2,
    permission="marriage.read",
    cite=BY,
    bring=(ID_CARDS, "近期正面免冠合影照片三张；没有的，登记处可以当场拍"),
    peaks=("marriage_peak_520", "marriage_peak_qixi"),
    peak_percent="marriage_peak_percent",
)
DIVORCE = Bookable(
    code="divorce",
    title="离婚登记申请",
    summary="两个人都到场。受理后有三十日冷静期，期间任何一方都可以撤回。",
    icon="calendar-event",
    covers=("S-141",),
    persons=2,
    permission="marriage.read",
    cite=BY,
    bring=(ID_CARDS, "双方的结婚证", "双方签名的离婚协议书"),
)
GROUP_WEDDING = Bookable(
    code="group_wedding",
    title="集体婚礼",
    summary="已经登记结婚的一对新人报名，免费、简办、有意义。每场有名额，报满为止。",
    icon="users",
    covers=("S-148",),
    persons=2,
    permission="booking.handle",
    cite="民发〔2020〕43号（婚俗改革）；2021年民政工作要点",
    bring=("双方的居民身份证", "结婚证"),
)
COUNSEL = Bookable(
    code="counsel",
    title="婚姻家庭辅导",
    summary="婚前、婚后、想离婚的时候，都可以和辅导员谈一谈。不收费，内容保密。",
    icon="heart-handshake",
    covers=("S-146",),
    persons=2,
    permission="marriage.read",
    cite="民发〔2020〕73号（婚姻家庭辅导教育）",
)
