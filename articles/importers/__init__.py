"""Ways in for stories that were written elsewhere."""
