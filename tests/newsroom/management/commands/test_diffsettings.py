"""manage.py diffsettings can be shown to somebody who helps."""

from django.core.management import call_command

from newsroom import redaction


def test_secrets_are_masked(settings, monkeypatch, capsys):
    settings.SECRET_KEY = "a-long-secret-that-nobody-should-see"
    monkeypatch.setattr(redaction, "_secrets", {settings.SECRET_KEY})
    call_command("diffsettings")
    out = capsys.readouterr().out
    assert "SECRET_KEY" in out
    assert settings.SECRET_KEY not in out
