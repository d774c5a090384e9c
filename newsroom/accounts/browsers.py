"""The browser and the system that a user agent names, in words."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext as _

MAX_LENGTH = 60  # characters of a user agent that names no browser we know

# By a part of the user agent. Most name Chrome or Safari as well, and so come before them.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Vivaldi/": "Vivaldi",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
# A phone with Android says that it is a Linux, an iPad that it is a Mac.
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def describe_browser(user_agent: str) -> str:
    """Return browser and system, as “Firefox on Windows”; the beginning of what is no browser that we know.

    >>> describe_browser("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox on Linux'
    """
    browser, system = _first_named(BROWSERS, user_agent), _first_named(SYSTEMS, user_agent)
    if not browser:
        return Truncator(" ".join(user_agent.split())).chars(MAX_LENGTH) or _("an unknown browser")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser


def _first_named(names: dict[str, str], user_agent: str) -> str:
    return next((name for part, name in names.items() if part in user_agent), "")
