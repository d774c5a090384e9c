"""Texts of several lines."""

from __future__ import annotations

from typing import Any

from django import forms


class LinesField(forms.CharField):
    r"""A text whose lines end with \n, whoever sends it: a form sends \r\n, a script what the text area holds.

    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constructing-the-form-data-set
    """

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text
