"""Which browser and system a user agent names."""

import pytest

from newsroom.accounts.browsers import MAX_LENGTH, describe_browser

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (WINDOWS + "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome on Windows"),
        (WINDOWS + "AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"),
        (WINDOWS + "AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 OPR/120.0.0.0", "Opera on Windows"),
        (WINDOWS.replace(") ", "; rv:140.0) ") + "Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        (MAC + "605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "Safari on macOS"),
        (PHONE + "Version/18.5 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        (PHONE + "CriOS/140.0.0.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        (PHONE + "FxiOS/140.0 Mobile/15E148 Safari/605.1.15", "Firefox on iPhone"),
        (ANDROID + "Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        (ANDROID + "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", "Samsung Internet on Android"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/140.0.0.0 Safari/537.36", "Chrome on ChromeOS"),
        ("Mozilla/5.0 Firefox/140.0", "Firefox"),
    ],
)
def test_browser_and_system_are_named(user_agent, words):
    assert describe_browser(user_agent) == words


def test_what_is_no_browser_is_shortened():
    assert describe_browser("curl/8.5.0") == "curl/8.5.0"
    assert describe_browser("x" * 200) == "x" * (MAX_LENGTH - 1) + "…"


@pytest.mark.parametrize("user_agent", ["", "  \n "])
def test_who_names_nothing_is_unknown(user_agent):
    assert describe_browser(user_agent) == "an unknown browser"
