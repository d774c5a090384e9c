"""The models of the project: the people who work here."""

from newsroom.models.user import User

__all__ = ["User"]
