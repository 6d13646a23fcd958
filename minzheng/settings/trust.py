"""Keys, seals, backups, and the heads of the audit trail: what must be kept apart from the data."""

import json
import os
from pathlib import Path

from minzheng.settings.place import DEMO, SECRET_KEY, TESTING, VAR

# Signed heads of the audit trail; copy or mount this folder where the database's administrators cannot write.
AUDIT_ANCHORS = Path(
    os.environ.get("MINZHENG_AUDIT_ANCHORS", VAR / ("audit-test" if TESTING else "audit-anchors"))
)
AUDIT_KEY = Path(os.environ.get("MINZHENG_AUDIT_KEY", VAR / "audit-key.pem"))
# The keys of encrypted columns (docs/encryption.md): back this file up apart from the database.
KEYS = Path(os.environ.get("MINZHENG_KEYS", VAR / ("keys-test.json" if TESTING else "keys.json")))
CIPHER = os.environ.get("MINZHENG_CIPHER", "aes-gcm")  # or sm4-gcm; of the keys made from now on
# Backups, and the key that encrypts them (docs/operations.md): keep both elsewhere, and apart from each other.
BACKUPS = Path(os.environ.get("MINZHENG_BACKUPS", VAR / ("backups-test" if TESTING else "backups")))
# Base copies and the database's log as it is written (minzheng archive): every moment can be brought back.
ARCHIVE = Path(os.environ.get("MINZHENG_ARCHIVE", VAR / ("archive-test" if TESTING else "archive")))
BACKUP_KEY = Path(os.environ.get("MINZHENG_BACKUP_KEY", VAR / "backup-key"))
# The site as the public reaches it; QR codes on certificates lead here.
SITE_URL = os.environ.get("MINZHENG_SITE", "http://localhost:8000").rstrip("/")
# Seals for certificates (docs/certificates.md); the demo and the tests make an authority of their own.
SEALS = Path(os.environ.get("MINZHENG_SEALS", VAR / ("seals-test" if TESTING else "seals")))
SEAL_PASSWORD = os.environ.get("MINZHENG_SEAL_PASSWORD", SECRET_KEY)
SEAL_SUITE = os.environ.get(
    "MINZHENG_SEAL_SUITE", "rsa"
)  # or sm2: of payment lists (docs/money.md), and beside certificates
TEST_SEAL = DEMO or TESTING
# {"dibao": "…"}: type codes of this place's catalogue of electronic licences, where they differ from the declared ones
CERTIFICATE_TYPES = json.loads(os.environ.get("MINZHENG_CERTIFICATE_TYPES", "{}"))
