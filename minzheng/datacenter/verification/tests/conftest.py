"""Real departments on a real port, and a family of three whose case waits for its check."""

import threading

import pytest

from minzheng.business.assistance.tests.families import CHILD, FATHER, ex01
from minzheng.business.assistance.tests.journey import Journey
from minzheng.demo.departments import Departments, new_keys

MOTHER = "431227197903080026"
EVERYBODY = {MOTHER, FATHER, CHILD}


def normal(**values):
    return {"state": "found", "values": values}


def facts():
    """Both parents own one house together; the father has a pension and savings of 3,200.50 yuan."""
    house = {"houses": [{"id": "湘2019新晃0001", "title": "新村三组自建房"}]}
    return {
        "police.hukou": {one: normal(hukou_state="正常", hukou_place="新晃侗族自治县") for one in EVERYBODY},
        "hr.insurance": {
            MOTHER: normal(
                wage=1_224_000, resident_pension=0, resident_pension_central=0, transfer_received=0
            )
        },
        "land.property": {MOTHER: normal(**house), FATHER: normal(**house)},
        "bank.deposits": {
            MOTHER: normal(deposits=0, securities=0, internet_finance=0),
            FATHER: normal(deposits=320_050, securities=0, internet_finance=0),
        },
    }


@pytest.fixture
def departments(tmp_path, settings):
    """The six departments, connected; `departments.behave("bank.deposits", "slow")` changes one."""
    server = Departments(facts(), new_keys(), slow=0.6)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.SOURCES = server.write_connections(tmp_path / "connections")

    def behave(source, how):
        """Only who waits for a slow department is in a hurry: a busy test machine must not look like one."""
        server.behaviour[source] = how
        if how == "slow":
            server.write_connections(tmp_path / "connections", timeouts={source: 0.3})

    server.behave = behave
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def journey(access, cast):
    """EX01's family, accepted and ready to be checked by 舒丽 (reviewer)."""
    return Journey(access, ex01(cast["xiuying"].person.id_no)).submit().accept().later(1)
