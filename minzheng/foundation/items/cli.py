"""`minzheng clocks` and `minzheng flow`: an item's legal limits and its diagram, from the declaration alone."""

import argparse
import datetime as dt
import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minzheng.foundation.items.item import ServiceItem


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    clocks = commands.add_parser("clocks", help="列出一个事项自受理之日起的全部法定时限")
    clocks.add_argument("item", help="事项代码，例如 A1")
    clocks.add_argument(
        "--accepted", type=_date, required=True, metavar="日期", help="受理日期，如 2026-03-02"
    )
    clocks.add_argument("--posted", type=_date, metavar="日期", help="公示张贴日期")
    clocks.add_argument(
        "--mark",
        type=_mark,
        action="append",
        default=[],
        metavar="标记=日期",
        help="其他已知日期，如 received=2026-03-30（标记见 docs/cases.md）",
    )
    clocks.add_argument("--region", metavar="区划", help="区划代码：当地另有规定的按当地（默认全国）")
    clocks.add_argument(
        "--standards", default="", metavar="标准集", help="standards/ 下的文件夹（默认本系统所用）"
    )
    clocks.add_argument("--json", action="store_true", help="输出 JSON")
    clocks.set_defaults(run=show_clocks)
    flow = commands.add_parser("flow", help="输出一个事项的流程图（Mermaid）")
    flow.add_argument("item", help="事项代码，例如 A1")
    flow.set_defaults(run=show_flow)


def show_clocks(arguments: argparse.Namespace) -> int:
    from minzheng.foundation.calendar import default_calendar
    from minzheng.foundation.items.limits import limits

    item = _item(arguments.item)
    if item is None:
        return 2
    dates = {"accepted": arguments.accepted, **dict(arguments.mark)}
    if arguments.posted:
        dates["posted"] = arguments.posted
    try:
        found = list(limits(item, dates, (arguments.region or "").ljust(12, "0"), arguments.standards))
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    calendar = default_calendar()
    last = max([*dates.values(), *(limit.due for limit in found if limit.due)])
    warning = calendar.unpublished(min(dates.values()), last)
    if arguments.json:
        answer = {
            "item": item.code,
            "title": item.title,
            "dates": {mark: day.isoformat() for mark, day in dates.items()},
            "calendar": calendar.version,
            "warning": str(warning) if warning else None,
            "limits": [limit.as_json() for limit in found],
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return 0
    print(f"{item.code} {item.title}　受理 {arguments.accepted}　日历 {calendar.version}")
    for limit in found:
        print(f"  {limit}　〔{limit.clock.cite}〕")
    if warning:
        print(f"注意：{warning}")
    return 0


def show_flow(arguments: argparse.Namespace) -> int:
    from minzheng.foundation.items.diagram import mermaid

    item = _item(arguments.item)
    if item is None:
        return 2
    print(mermaid(item), end="")
    return 0


def _item(code: str) -> "ServiceItem | None":
    import django

    django.setup()  # a line's items may stand beside its tables; no database is opened
    from minzheng.foundation.items.catalogue import declared_items

    items = {item.code: item for item in declared_items()}
    if code not in items:
        print(f"没有事项 {code}。可用的事项：{'、'.join(sorted(items))}。", file=sys.stderr)
    return items.get(code)


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-03-02 这样。") from None


def _mark(text: str) -> tuple[str, dt.date]:
    from minzheng.foundation.items.marks import MARKS

    mark, equals, date = text.partition("=")
    if not equals or mark not in MARKS:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 标记=日期，标记可用：{'、'.join(MARKS)}。")
    return mark, _date(date)
