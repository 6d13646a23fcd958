"""The rights of this part, by their codes in accounts/permissions.py."""

READ, PLAN, REPORT, VERIFY = "programme.read", "programme.plan", "programme.report", "programme.verify"
