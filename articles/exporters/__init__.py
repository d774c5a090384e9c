"""Exports from the newsroom as files."""
