"""Fills an empty database for the demo, once. A database that holds anything else is left alone."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from minzheng.demo.cast import COUNTY, create_cast
from minzheng.demo.county.cared import write_cared
from minzheng.demo.county.elder_network import write_elder_network
from minzheng.demo.county.files import deliver_files
from minzheng.demo.county.guide_family import write_guide_family
from minzheng.demo.county.helped_on import write_helped_on
from minzheng.demo.county.load import make_county, write_county
from minzheng.demo.county.places import write_places
from minzheng.demo.county.rights import write_rights
from minzheng.demo.county.signals_trouble import Keys, plant_signals
from minzheng.demo.county.supported import settle_supported, write_supported
from minzheng.demo.county.trouble import Planted
from minzheng.demo.show import Show
from minzheng.demo.story.calendar import Days
from minzheng.demo.tables import migrations
from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.walls.build import as_owner, stands
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.audit.record import record
from minzheng.foundation.certificates.actions import register_issuer
from minzheng.foundation.certificates.models import Issuer
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.load import load
from minzheng.foundation.regions.models import Level

BEGUN, READY = "demo.begun", "demo.ready"
TABLES_AT_ONCE = 50


class NotEmpty(Exception):
    """The database is in use for something else; the text says what to do."""


def migrate() -> None:
    """Bring the tables up to date, if they are not."""
    with as_owner():
        executor = MigrationExecutor(connection)
        current = not executor.migration_plan(executor.loader.graph.leaf_nodes()) and stands()
    if not current:
        call_command("migrate", verbosity=0)


def is_ready() -> bool:
    return AuditEntry.objects.filter(action=READY).exists()


def mark_ready() -> None:
    record(READY, "演示数据已备好", actor=None)


def begin() -> None:
    """Claim an empty database for the demo; sweep one in which the demo was broken off."""
    begun = AuditEntry.objects.filter(action=BEGUN).exists()
    if not begun and Person.objects.exists():
        raise NotEmpty(
            "这个数据库里已有数据，演示不会写入。请用空的数据库（DATABASE_URL），或不设 DATABASE_URL 使用自带的数据库。"
        )
    if begun:
        sweep()
    record(BEGUN, "开始准备演示数据", actor=None, migrations=migrations("minzheng"))


def sweep() -> None:
    """Empty the demo's own database and make its tables again. Never called on any other."""
    with as_owner(), connection.cursor() as cursor:
        # All at once would take more locks than a server is usually set up for.
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        for first in range(0, len(tables), TABLES_AT_ONCE):
            names = ", ".join(tables[first : first + TABLES_AT_ONCE])
            cursor.execute(f"DROP TABLE IF EXISTS {names} CASCADE")
        cursor.execute("DROP SCHEMA public CASCADE; DROP SCHEMA walls CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)


def fill(show: Show, days: Days) -> None:
    """Divisions, cast, people, and the rights that they hold already."""
    with show.step("导入区划：湖南省、怀化市和新晃侗族自治县五级区划"):
        load(COUNTY[:4], down_to=Level.COUNTY)
        show.note(f"新增 {load(COUNTY[:6]).added} 个")
    with show.step("安排演示人员和任职"):
        write_guide_family(create_cast()["xiuying"].person)
        register_issuer(
            Issuer(
                region_id=COUNTY, name="新晃侗族自治县民政局", short_name="新晃", uscc="11431227006686790W"
            )
        )
    with show.step("生成虚构人口"):
        families, planted = make_county()
        write_county(families, planted)
        show.note(f"{sum(len(family.members) for family in families):,} 人，{len(families):,} 户")
    with show.step("导入原有低保、两项补贴、高龄津贴对象，并埋入问题"):
        show.note(f"{write_rights(families, planted, days.screen_month)} 户在享")
    with show.step("特困人员：集中和分散供养、自理能力分档、照料协议"):
        show.note(f"{write_supported(families, planted, days.screen_month)} 人")
    with show.step("设立养老机构、日间照料中心和互助点，安排老人入住"):
        show.note(write_places(days.today))
        settle_supported()
    with show.step("居家养老：能力评估、服务工单、家庭养老床位、探访关爱"):
        show.note(write_cared(days.today))
    with show.step("养老网络：日间照料、互助、医养签约、培训、抽查、小区设施、涉诈线索"):
        show.note(write_elder_network(days.today))
    with show.step("转介、慈善项目、脱贫人口名单；托养机构和辅具租赁"):
        show.note(write_helped_on(days.today))
    with show.step("读入其他部门送来的文件"):
        officer = User.objects.get(username="reviewer")
        made = deliver_files(families, planted, days.screen_month, officer)
        show.note(f"{len(made)} 个文件，{sum(one.rows for one in made):,} 行")
    with show.step("部门送来数据：就医、失业、服刑、学籍、银行，埋入预警要找的问题"):
        warned = plant_signals(families, planted, days.screen_month)
        show.note(f"{sum(len(keys) for one in warned.values() for keys in one.values())} 处")
        _keep_list(planted, warned)


def _keep_list(planted: Planted, warned: Keys) -> None:
    """var/demo/planted.json: what the screening and the signals should find, by key."""
    folder = settings.VAR / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    listed = {
        kind: {
            "households": [family.key for family in found],
            "people": [person.key for person in planted.people.get(kind, [])],
        }
        for kind, found in planted.families.items()
    }
    listed |= {f"signal:{code}": keys for code, keys in warned.items()}
    (folder / "planted.json").write_text(json.dumps(listed, indent=1))
