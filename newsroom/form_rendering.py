"""Renders forms and widgets, which settings.FORM_RENDERER names: most of what the page of a form costs."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates, Jinja2

OWN_TEMPLATES = "django/forms/"  # those of Django's forms, which come for both engines


class FormRenderer(DjangoTemplates):
    """Render the templates of Django's own forms and widgets by Jinja2, and others, as the admin's, by Django."""

    def __init__(self) -> None:
        self._jinja = Jinja2()

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith(OWN_TEMPLATES):
            return self._jinja.get_template(template_name)
        return super().get_template(template_name)
