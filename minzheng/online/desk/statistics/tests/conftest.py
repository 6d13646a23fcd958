from minzheng.datacenter.statistics.tests.conftest import checker, county, draft, family, frozen, maker
from minzheng.online.desk.tests.conftest import as_user, media, on_day

__all__ = ["as_user", "checker", "county", "draft", "family", "frozen", "maker", "media", "on_day"]
