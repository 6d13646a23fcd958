from minzheng.datacenter.screening.tests.conftest import county, region  # noqa: F401 the shared county
