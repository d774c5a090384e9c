"""How templates about accounts say things."""

from __future__ import annotations

from django import template

from newsroom.accounts.browsers import describe_browser

register = template.Library()
register.filter("browser_name", describe_browser)
