"""Mails a person what happened: what comes within five minutes is one mail, in their language and time zone.

Which notices a mail tells is written before it is sent. A process that dies after that sends the same mail again, with
the same Message-ID, by which mail servers and readers drop the second one.
"""

from __future__ import annotations

import uuid
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles import clock
from articles.characters import tidy
from articles.models import FollowUp
from articles.models.follow_up import works_on
from articles.states import describe_moment
from articles.time_zones import find_zone
from newsroom.models import Notice, StoryEvent, User
from newsroom.models.notice import MAIL_WAITS, MAILING
from newsroom.notices.sentences import describe_event
from newsroom.preferences import language_of_user

MAX_SUBJECT_LENGTH = 120  # characters


@works_on(MAILING)
def mail_notices(task: FollowUp) -> bool:
    """Send the person with this id what waits for them. Raises OSError where the mail server takes nothing."""
    person = User.objects.filter(pk=task.key).first()
    waiting = Notice.objects.waiting_for_mail().filter(person=person)
    first = waiting.order_by("event__at").values_list("event__at", flat=True).first()
    if person is None or first is None:
        return True
    if first + MAIL_WAITS <= clock.now():
        _mail(person, _choose_mail(person))
    Notice.objects.request_mail([person.pk])  # of what came while a mail was sent
    return True


def can_be_mailed(person: User) -> bool:
    """Return whether this person works here, and mail to them goes to a mail server."""
    is_sent = settings.DEBUG or not settings.EMAIL_BACKEND.endswith(".console.EmailBackend")
    return bool(is_sent and person.email and person.is_active and person.is_staff)


def _mail(person: User, mail: uuid.UUID) -> None:
    notices = Notice.objects.filter(person=person, mail=mail)
    if can_be_mailed(person):
        _send(person, list(notices.that_may_be_opened(person).order_by("pk")), mail)
    notices.update(mailed_at=clock.now())


def _choose_mail(person: User) -> uuid.UUID:
    """Return the name of the mail that was begun, or of a new one with all that waits."""
    waiting = Notice.objects.waiting_for_mail().filter(person=person)
    begun = waiting.exclude(mail=None).values_list("mail", flat=True).first()
    if begun:
        return begun
    new = uuid.uuid4()
    Notice.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(mail=new)
    return new


def _send(person: User, notices: list[Notice], mail: uuid.UUID) -> None:
    events = StoryEvent.objects.with_details().in_bulk({notice.event_id for notice in notices})
    with translation.override(language_of_user(person.language)), timezone.override(find_zone(person.time_zone)):
        lines = [
            {
                "words": describe_event(events[notice.event_id]),
                "is_urgent": events[notice.event_id].kind == StoryEvent.Kind.STUCK,
                "moment": describe_moment(events[notice.event_id].at),
                "url": settings.SITE_URL + reverse("notices_open", args=[notice.pk]),
            }
            for notice in notices
            if notice.event_id in events
        ]
        if lines:
            _message(person, lines, mail).send()


def _message(person: User, lines: list[dict[str, Any]], mail: uuid.UUID) -> EmailMultiAlternatives:
    words = next((line["words"] for line in lines if line["is_urgent"]), lines[0]["words"])
    subject = _("%(count)d notices: %(first)s") % {"first": words, "count": len(lines)} if lines[1:] else words
    context = {
        "lines": lines,
        "language": translation.get_language(),
        "site_name": settings.SITE_NAME,
        "choices_url": settings.SITE_URL + reverse("account_notices"),
    }
    message = EmailMultiAlternatives(
        f"[{settings.SITE_NAME}] {Truncator(tidy(subject)).chars(MAX_SUBJECT_LENGTH)}",
        render_to_string("account/email/notices.txt", context),
        to=[person.email],
        headers={"Message-ID": f"<{mail}@{_sending_host()}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("account/email/notices.html", context), "text/html")
    return message


def _sending_host() -> str:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address.rpartition("@")[2] or str(urlsplit(settings.SITE_URL).hostname)
