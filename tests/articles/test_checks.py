from articles import renditions
from articles.checks import check_avif


def test_a_pillow_with_avif_passes():
    assert check_avif(None) == []


def test_a_pillow_without_avif_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setattr(renditions, "avif_is_missing", lambda: True)
    [warning] = check_avif(None)
    assert warning.id == "articles.W001"
    assert "libavif" in warning.hint
