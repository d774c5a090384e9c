"""The commands of operators for stories, tags and pictures."""
