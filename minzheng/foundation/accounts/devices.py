"""What a browser says of itself, in words that its user recognizes."""

SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
# The more special name first: nearly every browser also calls itself Chrome and Safari.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)


def device_of(user_agent: str) -> str:
    """`Mozilla/5.0 (Windows NT 10.0) … Chrome/130.0` → Windows 电脑，Chrome 浏览器"""
    found = [
        next((title for mark, title in known if mark in user_agent), "") for known in (SYSTEMS, BROWSERS)
    ]
    return "，".join(one for one in found if one) or "认不出的设备"
