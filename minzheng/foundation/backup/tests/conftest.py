from minzheng.foundation.payments.tests.conftest import approver, benefits, office

__all__ = ["approver", "benefits", "office"]
