"""Filters of the templates about accounts."""

from django.template import Context, Template


def test_a_user_agent_is_told_in_words_and_is_no_markup():
    template = Template("{% load accounts %}{{ agent|browser_name }}")
    assert template.render(Context({"agent": "Firefox/140.0 (Windows NT 10.0)"})) == "Firefox on Windows"
    assert template.render(Context({"agent": "<b>"})) == "&lt;b&gt;"
