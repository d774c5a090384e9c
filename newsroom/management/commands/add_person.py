"""manage.py add_person: makes somebody's account. `make user` calls it for the first one of a newsroom."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.models import Role
from articles.roles import CHIEF_EDITOR, ROLES
from newsroom.accounts.invitation import invitation_url
from newsroom.audit.recording import record_new_account
from newsroom.models import User


class Command(BaseCommand):
    help = (
        "Makes somebody's account, by default that of a chief editor, who can invite the others. Asks for what is not "
        "given; --invite prints a link by which the person chooses the password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", default="", help="the person's e-mail address")
        parser.add_argument("--username", default="", help="the user name; without it, what is before the @")
        parser.add_argument("--role", default=CHIEF_EDITOR, choices=list(ROLES))
        parser.add_argument("--invite", action="store_true", help="print a link instead of asking for a password")
        parser.add_argument(
            "--administrator", action="store_true", help="may also do everything else, whatever the roles say"
        )

    def handle(self, *args: Any, email: str, username: str, role: str, **options: Any) -> None:
        if not (email or sys.stdin.isatty()):
            raise CommandError("Give the e-mail address: manage.py add_person awa@example.org --invite")
        if not (options["invite"] or sys.stdin.isatty()):
            raise CommandError("There is no terminal to ask for a password: use --invite.")
        person = _new_person(email or input("E-mail address: "), username)
        person.is_superuser = options["administrator"]
        password = None if options["invite"] else self._ask_password(person)
        with transaction.atomic():
            person.set_password(password)
            person.save()
            person.groups.add(Role.objects.for_name(role).group)
            if password is None:
                person.invite()
            record_new_account(person)
        self.stdout.write(f"{person.username} is {role}.")
        if password is None:
            self.stdout.write(f"Choose the password within three days at\n{invitation_url(person)}")

    def _ask_password(self, person: User) -> str:
        while True:
            password = getpass.getpass("Password: ")
            if getpass.getpass("Password, once more: ") != password:
                self.stderr.write("The two are not the same.")
                continue
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
            else:
                return password


def _new_person(email: str, username: str) -> User:
    """Return the person, not stored. Raises CommandError for an address or a name that cannot be taken."""
    person = User(email=email, username=username or email.partition("@")[0], is_staff=True)
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as error:
        raise CommandError("\n".join(error.messages)) from error
    return person
