"""The receipt of what was handed in: as a page, and to print."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.files.receipt import write_receipt
from committees.models import Application
from temp_portal.core.views import Crumb, DetailView


def receipt_url(application: Application) -> str:
    return reverse("committees:apply-receipt", args=[application.pk])


class Receipt(DetailView[Application]):
    """What was received when, under which number; with it, what was handed in together. 404 before that."""

    template_name = "apply/receipt.html"
    login_required = True

    def get_queryset(self) -> QuerySet[Application]:
        own = Application.objects.of_representative(self.request.user).filter(submitted_at__isnull=False)
        return own.select_related("committee", "organisation", "submitted_by")

    def get_title(self) -> str:
        return _("Receipt")

    def get_crumbs(self) -> list[Crumb]:
        overview = reverse("committees:apply-application", args=[self.object.pk])
        return [Crumb(_("My page"), reverse("accounts:me")), Crumb(str(self.object), overview), Crumb(_("Receipt"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        together = [self.object]
        if self.object.bundle_id:
            same = self.get_queryset().filter(bundle=self.object.bundle_id).exclude(pk=self.object.pk)
            together += same.order_by("pk")
        page = {"application": self.object, "together": together}
        return super().get_context_data(**page | kwargs)


class ReceiptFile(Receipt):
    """The receipt as PDF in the reader's language."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return write_receipt(self.get_object())
