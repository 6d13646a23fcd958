"""The rebuilding in the background, county by county, with a bar that moves and stops when asked."""

from __future__ import annotations

from django.db.models import F
from django_tasks import task

from minzheng.datacenter.lake.listing import month_end
from minzheng.datacenter.lake.models import LakeRun, State
from minzheng.datacenter.lake.refresh import Refreshed, Stopped, counties_with_people, refresh
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused

BROKEN = "系统没有做完这次重建，原来的快照都在。请再试一次；仍不行请把编号 {} 告诉管理员。"


@task()
def run_refresh(key: int) -> None:
    mine = LakeRun.objects.filter(pk=key)
    if not mine.filter(state=State.WAITING).update(state=State.RUNNING):
        return
    run = mine.select_related("region", "owner").get()
    access = Access(run.owner)
    prefix = run.region.prefix
    mine.update(total=len(counties_with_people(prefix)))

    def told(county: Refreshed) -> None:
        mine.update(done=F("done") + 1)

    try:
        access.require("lake.refresh", run.region_id)
        done = refresh(
            prefix, month_end(f"{run.month:%Y-%m}"), run.owner, told, rebuild=True,
            going_on=lambda: not mine.filter(stop_asked=True).exists(), today=access.today,
        )  # fmt: skip
    except Refused as refused:
        mine.update(state=State.FAILED, note=" ".join(refused.messages))
    except Stopped:
        mine.update(state=State.STOPPED, note="已按要求取消。做完的县已经更新，其余的县保留原来的快照。")
    except Exception:
        mine.update(state=State.FAILED, note=BROKEN.format(key))
        raise
    else:
        trouble = [f"{county.county}：{county.trouble}" for county in done if county.trouble]
        if not done:
            trouble = ["这个地区还没有登记家庭。请先导入家庭。"]
        mine.update(state=State.FAILED if trouble else State.DONE, note=" ".join(trouble))
