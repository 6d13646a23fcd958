"""What is asked about a person who is registered by hand."""

from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.people.models import Sex

PERSON_FORM = Form(
    (
        Section(
            "person",
            "人员",
            (
                Question("name", "姓名", "name"),
                Question("id_no", "身份证号", "id_no", required=False, fills=("birth_date", "sex")),
                Question(
                    "sex",
                    "性别",
                    "choice",
                    options=((Sex.MALE.value, "男"), (Sex.FEMALE.value, "女")),
                    required=False,
                    hint="有身份证号的可以不填。",
                ),
                Question(
                    "birth_date",
                    "出生日期",
                    "date",
                    required=False,
                    tense="past",
                    hint="有身份证号的可以不填。",
                ),
                Question("phone", "手机号码", "phone", required=False),
                Question("region", "居住地", "region", hint="现在住的村或社区。"),
                Question("address", "住址", required=False, hint="组、街巷、门牌号。"),
                Question("bank_name", "开户银行", required=False, max=60),
                Question("bank_account", "银行账号", "bank_account", required=False),
            ),
        ),
    )
)
