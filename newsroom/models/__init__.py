"""The models of the project: the people who work here, and sign-ins that failed."""

from newsroom.models.failed_sign_in import COUNTING_WINDOW, FailedSignIn
from newsroom.models.user import User

__all__ = ["COUNTING_WINDOW", "FailedSignIn", "User"]
