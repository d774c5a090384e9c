"""Notices: who is told what happened to a story, in the desk, by mail and by webhooks."""
