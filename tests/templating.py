"""Jinja2 as a template engine that tells Django's test client what it renders, as Django's own engine does."""

from django.template.backends import jinja2
from django.test.signals import template_rendered


class Template(jinja2.Template):
    def render(self, context=None, request=None):
        context = {} if context is None else context
        html = super().render(context, request)
        template_rendered.send(sender=self, template=self.template, context=context)
        return html


class Jinja2(jinja2.Jinja2):
    def from_string(self, template_code):
        return self._telling(super().from_string(template_code))

    def get_template(self, template_name):
        return self._telling(super().get_template(template_name))

    def _telling(self, template):
        return Template(template.template, self)
