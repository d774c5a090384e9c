"""The project’s own pages, where the admin looks for them; django-allauth’s own tables are not shown."""

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.contrib import admin

from newsroom.audit.entry_admin import AuditEntryAdmin
from newsroom.notices.webhook_admin import WebhookAdmin
from newsroom.people.person_admin import PersonAdmin
from newsroom.people.role_admin import RoleAdmin

__all__ = ["AuditEntryAdmin", "PersonAdmin", "RoleAdmin", "WebhookAdmin"]

admin.site.unregister([EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession])
