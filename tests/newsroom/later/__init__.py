"""A later version of the project's own tables."""
