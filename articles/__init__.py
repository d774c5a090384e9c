"""The app of everything that a newsroom publishes: stories, authors, sections, tags, pictures and their pages."""
