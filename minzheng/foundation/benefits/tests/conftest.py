from minzheng.foundation.benefits.tests.fixtures import approver, benefits

__all__ = ["approver", "benefits"]
