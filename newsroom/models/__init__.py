"""The models of the project: the people who work here, and what they are told."""

from newsroom.models.notice import Notice
from newsroom.models.story_event import StoryEvent
from newsroom.models.user import User

__all__ = ["StoryEvent", "Notice", "User"]
