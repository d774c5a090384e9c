"""Every address that a reader may open."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
