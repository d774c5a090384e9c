"""Signing in by django-allauth, the second factor, and what people change of their own account."""
