"""Who else is spoken to: departments, alarm platforms, programs at the open interface (docs/api.md)."""

import os
from pathlib import Path

from minzheng.settings.place import TESTING, VAR


def _signing_key() -> str:
    """For ID tokens (RS256), in PEM: from the environment, or made once and kept."""
    if key := os.environ.get("MINZHENG_OIDC_KEY"):
        return key
    kept = VAR / "oidc-key.pem"
    if not kept.exists():
        from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        made = generate_private_key(public_exponent=65537, key_size=2048)
        kept.touch(mode=0o600)
        kept.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return kept.read_text()


# Which departments can be asked, and how (docs/verification.md); without the file none is connected.
SOURCES = Path(os.environ.get("MINZHENG_SOURCES", VAR / ("sources-test.json" if TESTING else "sources.json")))
# 居家报警平台与本系统共用的签名密钥；没有设置就不受理报警（online/alarms）
ALARM_KEY = os.environ.get("MINZHENG_ALARM_KEY", "")
# 短信通道：地址和共用的签名密钥；换一家运营商，写自己的类（foundation/reminders/channels.py）
SMS_URL = os.environ.get("MINZHENG_SMS_URL", "")
SMS_KEY = os.environ.get("MINZHENG_SMS_KEY", "")
SMS_CHANNEL = os.environ.get(
    "MINZHENG_SMS_CHANNEL", "minzheng.foundation.reminders.channels.HttpChannel" if SMS_URL else ""
)
SMS_TIMEOUT = float(os.environ.get("MINZHENG_SMS_TIMEOUT", "10"))  # seconds
IDP_OIDC_ADAPTER = "minzheng.online.api.oauth.adapter.Adapter"
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 3600
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 3600
IDP_OIDC_PRIVATE_KEY = _signing_key()
# Inner networks to which events may be pushed, beside the public internet: "10.1.0.0/16,192.168.7.0/24"
WEBHOOK_NETWORKS = [one for one in os.environ.get("MINZHENG_WEBHOOK_NETWORKS", "").split(",") if one]
WEBHOOK_TIMEOUT = float(os.environ.get("MINZHENG_WEBHOOK_TIMEOUT", "10"))  # seconds
