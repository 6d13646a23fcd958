"""养老机构等级评定（GB/T 37276-2018）：总分和每一部分的得分比例都达到的最高一级。

事实文件里的一“户”，在这里是一家机构。各级门槛逐级提高，达到高一级就达到低一级，所以等级就是达到了几级。
"""

from minzheng.foundation.rules.words import household


@household("等级评定总分", cite="GB/T 37276-2018", since="2019-07-01")
def rating_total(score_environment, score_facilities, score_operation, score_service):
    return score_environment + score_facilities + score_operation + score_service


@household("环境得分占比", cite="GB/T 37276-2018", since="2019-07-01")
def rating_share_environment(score_environment, rating_points_environment):
    return score_environment * 100 // rating_points_environment


@household("设施设备得分占比", cite="GB/T 37276-2018", since="2019-07-01")
def rating_share_facilities(score_facilities, rating_points_facilities):
    return score_facilities * 100 // rating_points_facilities


@household("运营管理得分占比", cite="GB/T 37276-2018", since="2019-07-01")
def rating_share_operation(score_operation, rating_points_operation):
    return score_operation * 100 // rating_points_operation


@household("服务得分占比", cite="GB/T 37276-2018", since="2019-07-01")
def rating_share_service(score_service, rating_points_service):
    return score_service * 100 // rating_points_service


@household("四部分中最低的得分占比", cite="GB/T 37276-2018", since="2019-07-01")
def rating_lowest_share(
    rating_share_environment, rating_share_facilities, rating_share_operation, rating_share_service
):
    return min(
        rating_share_environment, rating_share_facilities, rating_share_operation, rating_share_service
    )


@household("达到一级", cite="GB/T 37276-2018", since="2019-07-01")
def rating_meets_1(rating_total, rating_lowest_share, rating_total_1, rating_share_1):
    return rating_total >= rating_total_1 and rating_lowest_share >= rating_share_1


@household("达到二级", cite="GB/T 37276-2018", since="2019-07-01")
def rating_meets_2(rating_total, rating_lowest_share, rating_total_2, rating_share_2):
    return rating_total >= rating_total_2 and rating_lowest_share >= rating_share_2


@household("达到三级", cite="GB/T 37276-2018", since="2019-07-01")
def rating_meets_3(rating_total, rating_lowest_share, rating_total_3, rating_share_3):
    return rating_total >= rating_total_3 and rating_lowest_share >= rating_share_3


@household("达到四级", cite="GB/T 37276-2018", since="2019-07-01")
def rating_meets_4(rating_total, rating_lowest_share, rating_total_4, rating_share_4):
    return rating_total >= rating_total_4 and rating_lowest_share >= rating_share_4


@household("达到五级", cite="GB/T 37276-2018", since="2019-07-01")
def rating_meets_5(rating_total, rating_lowest_share, rating_total_5, rating_share_5):
    return rating_total >= rating_total_5 and rating_lowest_share >= rating_share_5


@household("养老机构等级", cite="GB/T 37276-2018", since="2019-07-01", result=True)
def institution_grade(rating_meets_1, rating_meets_2, rating_meets_3, rating_meets_4, rating_meets_5):
    return (
        (1 if rating_meets_1 else 0)
        + (1 if rating_meets_2 else 0)
        + (1 if rating_meets_3 else 0)
        + (1 if rating_meets_4 else 0)
        + (1 if rating_meets_5 else 0)
    )
