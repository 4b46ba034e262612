"""The inbox, what a person wants by mail, and the local mailbox."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from temp_portal.accounts.permissions import user_of
from temp_portal.core.lists import Column, Empty, ListView
from temp_portal.core.views import Crumb, DetailView, FormView, PageMixin
from temp_portal.notifications import kinds, workflows
from temp_portal.notifications.columns import MAILBOX, inbox_columns
from temp_portal.notifications.filters import InboxFilter
from temp_portal.notifications.forms import MailPreferencesForm
from temp_portal.notifications.messages import link, message
from temp_portal.notifications.models import Delivery, LocalMail


class Inbox(ListView[Delivery]):
    """What the portal has told this person, unread first."""

    title = gettext_lazy("Inbox")
    template_name = "notifications/inbox.html"
    login_required = True
    default_sort = "-read"
    filterset_class = InboxFilter
    search_field = ""
    empty = Empty(gettext_lazy("Decisions, requests and finished work that concern you will be listed here."))

    def get_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.visible_to(self.request.user).with_unread().select_related("notification")

    def get_columns(self) -> Sequence[Column]:
        return inbox_columns()


class Open(DetailView[Delivery]):
    """Marks a notice as read and leads to what it is about; shows its text where that has no page."""

    login_required = True
    template_name = "notifications/notice.html"
    slug_field = "notification_id"
    slug_url_kwarg = "notification"

    def get_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.visible_to(self.request.user).select_related("notification")

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        workflows.mark_read(Delivery.objects.filter(pk=self.object.pk))
        page = link(self.object.notification)
        return HttpResponseRedirect(page) if page else self.render_to_response(self.get_context_data())

    def get_title(self) -> str:
        return message(self.object.notification).subject

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(gettext_lazy("Inbox"), reverse("notifications:inbox")), Crumb(self.get_title())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"message": message(self.object.notification)} | kwargs)


class MarkAllRead(PageMixin, View):
    """Everything in the inbox has been seen."""

    login_required = True

    def post(self, request: HttpRequest) -> HttpResponse:
        count = workflows.mark_read(Delivery.objects.visible_to(request.user))
        text = ngettext("%(count)s notice was marked as read.", "%(count)s notices were marked as read.", count)
        messages.success(request, text % {"count": count})
        return HttpResponseRedirect(reverse("notifications:inbox"))


class Preferences(FormView):
    """Which notices come by mail as well; the inbox has them all."""

    title = gettext_lazy("Notices by mail")
    intro = gettext_lazy("Every notice comes to your inbox. Choose which of them are sent to you by mail at once.")
    template_name = "notifications/preferences.html"
    submit_label = gettext_lazy("Save the choice")
    form_class = MailPreferencesForm
    login_required = True

    def get_back_url(self) -> str:
        return reverse("notifications:inbox")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": user_of(self.request)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        always = [kind.label for kind in kinds.every() if not kind.switchable]
        return super().get_context_data(**{"always": always} | kwargs)

    def form_valid(self, form: MailPreferencesForm) -> HttpResponse:
        workflows.choose_mails(user_of(self.request), off=form.switched_off)
        return self.done(_("Your choice has been saved."), reverse("notifications:preferences"))


class Mailbox(ListView[LocalMail]):
    """Every mail that this portal would have sent (one's own machine only)."""

    title = gettext_lazy("Local mailbox")
    template_name = "notifications/mailbox.html"
    columns = MAILBOX
    default_sort = "-at"
    search_field = ""
    empty = Empty(gettext_lazy("The portal has not sent any mail yet."))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _require_mailbox()
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[LocalMail]:
        return LocalMail.objects.all()


class Mail(DetailView[LocalMail]):
    """One mail, as text with its links."""

    template_name = "notifications/mail_page.html"

    def get_queryset(self) -> QuerySet[LocalMail]:
        _require_mailbox()
        return LocalMail.objects.all()

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(gettext_lazy("Local mailbox"), reverse("notifications:mailbox")), Crumb(str(self.object))]


class MailHtml(Mail):
    """The HTML part of a mail, as a download: in the page itself it would run under the portal's address."""

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if not self.object.html:
            raise Http404
        disposition = f'attachment; filename="mail-{self.object.pk}.html"'
        return HttpResponse(self.object.html, content_type="text/html", headers={"Content-Disposition": disposition})


def _require_mailbox() -> None:
    """Mails hold sign-up links: the pages exist only where the settings say that nobody else gets here."""
    if not settings.MAILBOX_PAGE:
        raise Http404
