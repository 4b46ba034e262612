"""The statement of a member's dues: every year with what was charged, paid and is open."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from committees.dues.plan import totals
from committees.enums import DuesStanding
from committees.files.printing import SUFFIXES, download, letterhead, names, pdf
from committees.files.tables import layout
from committees.models import DuesCharge, DuesPayment, Seat
from members.languages import language_of
from temp_portal.core.markup import date_text
from temp_portal.core.markup.figures import money


def write_statement(seat: Seat, language: str = "") -> HttpResponse:
    """The sheet as a download, in `language` if the portal has it, else in the member's own."""
    spoken = language if language in SUFFIXES else language_of(seat.organisation)
    with translation.override(spoken):
        content = letterhead(seat.committee, [spoken]) | _content(seat, spoken)
        made = pdf("statement", content)
    day = timezone.localdate().isoformat()
    return download(made, "application/pdf", f"{seat.committee.slug}-dues-{seat.pk}-{day}.pdf")


def _content(seat: Seat, language: str) -> dict[str, Any]:
    rows = DuesCharge.objects.live().filter(seat=seat).with_standing().select_related("dues_year", "tier")
    charges = list(rows.order_by("dues_year__year"))
    payments = DuesPayment.objects.standing().filter(charge__in=charges).select_related("charge__dues_year")
    heads = [_("Year"), _("Tier"), _("Due on"), _("Amount"), _("Paid"), pgettext("dues", "Open"), _("State")]
    paid = [_("Paid on"), _("For the year"), _("Amount"), _("Document")]
    return {
        "title": [_("Statement of dues")],
        "facts": [
            (_("Member"), names(seat.organisation, [language], fallback=seat.organisation.legal_name)[0]),
            (_("As of"), date_text(timezone.localdate())),
            (_("Open in all"), _sums((each.currency, each.open) for each in charges)),
        ],
        "charges": layout([[head] for head in heads], [_lines(_charge(each)) for each in charges]),
        "payments_title": _("Payments"),
        "payments": layout([[head] for head in paid], [_lines(_payment(each)) for each in payments]),
        "none": _("No payment is on record."),
        "note": _("This statement shows what the portal has on record. It is no invoice."),
    }


def _charge(charge: Any) -> list[str]:
    return [
        str(charge.dues_year),
        str(charge.tier),
        date_text(charge.due_on),
        money(charge.amount, charge.currency),
        money(charge.paid, charge.currency),
        money(charge.open, charge.currency),
        capfirst(str(DuesStanding(charge.standing).label)),
    ]


def _payment(payment: DuesPayment) -> list[str]:
    charge = payment.charge
    return [date_text(payment.paid_on), str(charge.dues_year), money(payment.amount, charge.currency), payment.document]


def _lines(row: list[str]) -> list[list[str]]:
    return [[cell] for cell in row]


def _sums(amounts: Any) -> str:
    return " + ".join(money(amount, currency) for currency, amount in totals(amounts)) or "–"
