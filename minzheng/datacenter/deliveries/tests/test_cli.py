"""`minzheng deliver`: loads as the officer, or says what to write instead."""

import pytest

from minzheng.cli import main
from minzheng.datacenter.deliveries.models import Delivery


@pytest.fixture
def deliver(cast, people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    file = tmp_path / "工资.csv"
    file.write_text(
        f"身份证号,姓名,月缴费工资\n{people[0].id_no},{people[0].name},1000\n", encoding="gb18030"
    )

    def run(**changed):
        asked = {"source": "wages", "month": "2026-10", "by": "reviewer"} | changed
        return main(
            ["deliver", str(asked.pop("file", file)), *(f"--{key}={value}" for key, value in asked.items())]
        )

    return run


def test_it_loads_a_file_and_tells_what_came_of_it(deliver, capsys):
    assert deliver() == 0
    assert "1 行：对上 1" in capsys.readouterr().out and Delivery.objects.get().state == "done"


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"month": "2026-13"}, 2, "请写成 2026-10"),
        ({"source": "boats"}, 2, "file.wages"),
        ({"by": "nobody"}, 2, "没有登录名为 nobody"),
        ({"by": "clerk"}, 2, "请用 --region 写明"),
        ({"by": "outsider", "region": "431227"}, 2, "没有办理这件事的权限"),
        ({"file": "/nowhere.csv"}, 2, "请核对文件名"),
        ({"source": "cremations"}, 1, "少了列：死亡日期"),
    ],
)
def test_it_says_what_to_write_instead(deliver, capsys, changed, status, said):
    assert deliver(**changed) == status
    assert said in capsys.readouterr().err
