"""The webhooks on the desk: for chief editors, with the log of what was sent and a button that sends it again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.declared_filters import DeclaredFiltersAdmin
from articles.admin.saved_message import SavedMessageAdmin
from articles.models import FollowUp, Section
from newsroom.models import StoryEvent, Webhook, WebhookDelivery
from newsroom.models.webhook import CALLING
from newsroom.notices.sentences import describe_event
from newsroom.people.forms import BOXES, SectionBoxes

DELIVERIES_SHOWN = 50  # newest ones
SECRET_IS_HIDDEN = _("Its secret part is not shown. Leave it as it is, or type another address.")
after_the_password = method_decorator(reauthentication_required(allow_get=True))


def event_choices() -> list[tuple[str, Any]]:
    return [(kind.value, capfirst(kind.label)) for kind in StoryEvent.Kind]


class WebhookForm(forms.ModelForm):
    url = forms.URLField(
        label=_("Address"), max_length=1000, assume_scheme="https", widget=forms.URLInput({"class": "vURLField"})
    )
    kinds = forms.MultipleChoiceField(
        label=_("Events"), choices=event_choices, widget=forms.CheckboxSelectMultiple(BOXES)
    )
    sections = SectionBoxes(
        Section.objects.all(),
        label=_("Sections"),
        required=False,
        widget=forms.CheckboxSelectMultiple(BOXES),
        help_text=_("Tick none for all."),
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "shape", "kinds", "sections", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["url"] = self.instance.masked_url
            self.fields["url"].help_text = SECRET_IS_HIDDEN

    def clean_url(self) -> str:
        """Refuse what would be refused at each call. What is shown of the address stands for all of it."""
        url: str = self.cleaned_data["url"]
        if self.instance.pk and url == self.instance.masked_url:
            return self.instance.url
        parts = urlsplit(url)
        if parts.username or parts.scheme not in ("http", "https"):
            raise forms.ValidationError(_("Enter the address of a web server, without a user name."))
        if parts.scheme != "https" and not settings.WEBHOOK_PRIVATE_ADDRESSES:
            raise forms.ValidationError(_("The address must begin with https://."))
        return url


@admin.register(Webhook)
class WebhookAdmin(DeclaredFiltersAdmin, SavedMessageAdmin):
    form = WebhookForm
    list_display = ["name", "shape", "host", "is_active"]
    readonly_fields = ["secret"]

    def get_fields(self, request: HttpRequest, obj: Webhook | None = None) -> Any:
        return [*WebhookForm.Meta.fields, *(["secret"] if obj else [])]

    @admin.display(description=_("signing key"))
    def secret(self, webhook: Webhook) -> str:
        return webhook.secret

    @admin.display(description=_("host"))
    def host(self, webhook: Webhook) -> str:
        return urlsplit(webhook.url).hostname or ""

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(require_POST(reauthentication_required(self.send_again)))
        address = "<int:webhook_id>/deliveries/<int:delivery_id>/again/"
        return [path(address, again, name="newsroom_webhook_again"), *super().get_urls()]

    def send_again(self, request: HttpRequest, webhook_id: int, delivery_id: int) -> HttpResponse:
        delivery = get_object_or_404(
            WebhookDelivery.objects.select_related("webhook"), pk=delivery_id, webhook=webhook_id
        )
        if not self.has_change_permission(request, delivery.webhook):
            raise PermissionDenied
        delivery.send_again()
        self.log_change(request, delivery.webhook, gettext_noop("Sent again"))
        messages.success(request, gettext("It is sent again."))
        return HttpResponseRedirect(reverse("admin:newsroom_webhook_change", args=[webhook_id]))

    @after_the_password
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        context = extra_context or {}
        if object_id and self.get_object(request, object_id):
            context["deliveries"] = list_deliveries(int(object_id))
        return super().changeform_view(request, object_id, form_url, context)

    @after_the_password
    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().delete_view(request, *args, **kwargs)

    @after_the_password
    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().changelist_view(request, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the webhooks alone: their log goes with them."""
        _objects, _counts, _lacking, protected = super().get_deleted_objects(objs, request)
        return [str(webhook) for webhook in objs], {}, set(), protected

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Send what waited while it was not in use, or for another address."""
        super().save_related(request, form, formsets, change)
        FollowUp.objects.request(CALLING, [form.instance.pk])


def list_deliveries(webhook_id: int) -> list[tuple[WebhookDelivery, str]]:
    """Return the newest deliveries of a webhook, each with its event in words. Two queries."""
    deliveries = list(WebhookDelivery.objects.filter(webhook=webhook_id).newest_first()[:DELIVERIES_SHOWN])
    events = StoryEvent.objects.with_details().in_bulk({delivery.event_id for delivery in deliveries})
    return [(one, describe_event(events[one.event_id]) if one.event_id in events else "") for one in deliveries]
