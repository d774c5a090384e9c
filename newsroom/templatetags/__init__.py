"""Filters of the templates about accounts."""
