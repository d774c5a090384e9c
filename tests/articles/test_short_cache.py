"""Only results for short texts are remembered."""

from articles.short_cache import cache_short


def test_a_short_text_is_worked_out_once_and_a_long_one_never_kept():
    asked = []

    @cache_short(2, longest=3)
    def shout(text):
        asked.append(text)
        return text.upper()

    assert [shout(text) for text in ("oui", "oui", "peut-être", "peut-être")] == [
        "OUI",
        "OUI",
        "PEUT-ÊTRE",
        "PEUT-ÊTRE",
    ]
    assert asked == ["oui", "peut-être", "peut-être"]


def test_no_more_texts_are_kept_than_was_said():
    shout = cache_short(2, longest=3)(str.upper)
    for text in ("a", "b", "c"):
        shout(text)
    assert shout.cache_info().currsize == 2
