"""A later version of the newsroom."""
