"""How payment lists reach the bank and its answers come back (docs/money.md)."""

import os
from pathlib import Path

from minzheng.settings.place import TESTING, VAR

# Where the one-card system fetches instruction files; each appears there complete or not at all.
PAYMENT_OUTBOX = Path(os.environ.get("MINZHENG_OUTBOX", VAR / ("outbox-test" if TESTING else "outbox")))
# The bank's certificate (PEM): what lies in the outbox is then enciphered for it (docs/money.md).
PAYMENT_BANK_CERTIFICATE = os.environ.get("MINZHENG_BANK_CERTIFICATE", "")
# The bank over HTTP instead (docs/money.md, MZ-HTTP-1); without an address the folder is used.
PAYMENT_RETURNS = Path(os.environ.get("MINZHENG_RETURNS", VAR / ("returns-test" if TESTING else "returns")))
PAYMENT_BANK_URL = os.environ.get("MINZHENG_BANK_URL", "")
PAYMENT_BANK_KEY = os.environ.get("MINZHENG_BANK_KEY", "")
PAYMENT_BANK_TIMEOUT = float(os.environ.get("MINZHENG_BANK_TIMEOUT", "60"))  # seconds
PAYMENT_CHANNEL = "minzheng.foundation.payments.channels." + (
    "folder.Folder"
    if not PAYMENT_BANK_URL
    else "sftp.Sftp"
    if PAYMENT_BANK_URL.startswith("sftp://")
    else "http.Bank"
)
# Only for sftp: the bank's host key as in known_hosts (“ssh-ed25519 AAAA…”), and our private key's file.
PAYMENT_SFTP_HOST_KEY = os.environ.get("MINZHENG_BANK_HOST_KEY", "")
PAYMENT_SFTP_KEY = os.environ.get("MINZHENG_BANK_SSH_KEY", "")
PAYMENT_CLOCK = "django.utils.timezone.now"
