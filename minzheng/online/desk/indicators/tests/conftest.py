from minzheng.datacenter.indicators.tests.conftest import family
from minzheng.online.desk.tests.conftest import as_user, media

__all__ = ["as_user", "family", "media"]
