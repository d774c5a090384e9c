"""Ways in for stories and tags that were written elsewhere."""
