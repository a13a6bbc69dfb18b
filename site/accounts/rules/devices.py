"""Which device a browser says it runs on, in words that its owner recognises. Pure; a browser may say anything."""

from django.utils.translation import gettext as _

# The first that occurs counts: later ones occur in the words of earlier ones too.
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("HuaweiBrowser", "Huawei"),
    ("MiuiBrowser", "MIUI"),
    ("UCBrowser", "UC"),
    ("QQBrowser", "QQ"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """Return browser and system of a User-Agent, such as ``Chrome · Windows``."""
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    if browser == "WeChat":
        browser = _("WeChat")
    return " · ".join(part for part in (browser, system) if part) or _("Unknown device")


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in names if mark in agent), "")
