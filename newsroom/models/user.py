"""The people who work in the newsroom: everybody who may sign in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, ClassVar, Self
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles import clock
from articles.languages import local_name
from newsroom.models.email_address import EmailAddressField

REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
EMAIL_TAKEN = _("Somebody already has this e-mail address.")


def interface_languages() -> list[tuple[str, Any]]:
    """Return the code of each language of the site, and what it calls itself."""
    return [(code, local_name(code)) for code, _name in settings.LANGUAGES]


def time_zones() -> list[tuple[str, Any]]:
    """Return UTC, then for each region of the world the zones of its cities."""
    names = sorted(name for name in available_timezones() if name.partition("/")[0] in REGIONS)
    regions = groupby(names, key=lambda name: name.partition("/")[0])
    return [("UTC", "UTC"), *((region, [(name, _city(name)) for name in zones]) for region, zones in regions)]


def _city(zone: str) -> str:
    """
    >>> _city("America/Argentina/Buenos_Aires")
    'Argentina, Buenos Aires'
    """
    return zone.partition("/")[2].replace("/", ", ").replace("_", " ")


class UserQuerySet(models.QuerySet["User"]):
    def named(self, *names: str) -> Self:
        """Return everybody who has one of these as the e-mail address, or, in upper or lower case, as the user name."""
        names = tuple(name.strip().lower() for name in names)
        condition = models.Q(email__in=names)
        for name in names:
            condition |= models.Q(username__iexact=name)
        return self.filter(condition)

    def find_by_name(self, *names: str) -> User | None:
        """Return who has one of these as the address, else as the user name; None where two user names differ in case.

        One query, also for a name that nobody has.
        """
        addresses = {name.strip().lower() for name in names}
        found = list(self.named(*names))
        by_address = [person for person in found if person.email in addresses]
        return by_address[0] if by_address else found[0] if len(found) == 1 else None


class PeopleManager(UserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> User:
        """Raise ValidationError where somebody has this address, in place of an IntegrityError."""
        if email and self.filter(email=email).exists():
            raise ValidationError(EMAIL_TAKEN)
        return super().create_superuser(username, email, password, **fields)


class User(AbstractUser):
    email: Any = EmailAddressField(_("e-mail address"), error_messages={"unique": EMAIL_TAKEN})
    language = models.CharField(
        _("interface language"),
        max_length=10,
        blank=True,
        choices=interface_languages,
        help_text=_("The language of the desk. Leave empty to let the browser decide."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        choices=time_zones,
        help_text=_("For all times on the desk. Leave empty for the newsroom’s time zone."),
    )

    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)  # and has not come yet

    session_salt = models.CharField(max_length=22, default="", blank=True, editable=False)  # another ends all sessions

    chose_first_password = False  # in the request that is answered now

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @cached_property
    def section_limits(self) -> set[int]:
        """Return the ids of the sections that this person is limited to; none for all."""
        return set() if self.is_superuser else set(self.sections.values_list("pk", flat=True))

    @property
    def is_invited(self) -> bool:
        """Return whether this person has been invited and has not chosen a password yet."""
        return self.invited_at is not None and not self.has_usable_password()

    @property
    def former_name(self) -> str:
        """Return what takes the place of the user name when the personal data is erased."""
        return f"former-{self.pk}"

    @property
    def is_erased(self) -> bool:
        return self.username == self.former_name and not self.email

    def get_session_auth_hash(self) -> str:
        """Return what a session must know: it ends with another password, and with another salt."""
        return salted_hmac("newsroom.User", f"{self.password}{self.session_salt}", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return nothing: with another SECRET_KEY, people sign in again."""
        return iter(())

    def end_sessions(self) -> None:
        """Sign this person out everywhere, sessions that nobody has a list of included."""
        self.session_salt = get_random_string(22)
        self.save(update_fields=["session_salt"])

    def invite(self) -> None:
        """Let this person choose a password by a link, and end the links that led to one before."""
        self.set_unusable_password()
        self.invited_at = clock.now()
        self.save(update_fields=["password", "invited_at"])

    def end_invitation(self) -> None:
        """End the links by which this person can choose a password."""
        self.set_unusable_password()
        self.invited_at = None
        self.save(update_fields=["password", "invited_at"])

    def withdraw_invitation(self) -> None:
        """Let nobody in by this account any more: neither by its links nor in another way."""
        self.is_active = False
        self.save(update_fields=["is_active"])
        self.end_invitation()

    def clean(self) -> None:
        super().clean()
        self.email = self.email or None  # Django's own makes it an empty text
