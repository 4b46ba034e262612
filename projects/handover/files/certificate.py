"""A certificate of handover in three languages on one sheet."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from committees.files.printing import SUFFIXES, download, pdf
from projects.handover.enums import TransferKind
from projects.handover.models import HandoverCertificate
from temp_portal.core.markup import date_text, number

FOLDER = Path(__file__).parent


def write_certificate(certificate: HandoverCertificate) -> HttpResponse:
    """The sheet as a download called by its number."""
    content = {
        "parts": [_part(certificate, language) for language in SUFFIXES],
        "number": certificate.number,
    }
    file = pdf("certificate", content, folder=FOLDER)
    return download(file, "application/pdf", f"{certificate.number}.pdf")


def _part(certificate: HandoverCertificate, language: str) -> dict[str, Any]:
    """What the sheet says in one language."""
    project = certificate.project
    with translation.override(language):
        countries = ", ".join(str(row.country.name) for row in project.countries.all())
        lead = project.lead.named_on(certificate.handed_over_on) if project.lead else None
        facts = [
            (_("Certificate no."), certificate.number),
            (_("Host country"), countries),
            (_("Lead enterprise"), _name(lead, SUFFIXES[language])),
            (_("Received by"), certificate.received_by),
            (_("Handed over on"), date_text(certificate.handed_over_on)),
            (_("Issued on"), date_text(timezone.localdate(certificate.issued_at))),
        ]
        return {
            "title": _("Certificate of handover"),
            "platform": _("Trade and Economic Multifunctional Platform for SCO Countries"),
            "project": getattr(project, f"title_{SUFFIXES[language]}") or project.title,
            "code": project.code,
            "facts": [(label, value) for label, value in facts if value],
            "transferred": _("Transferred to the host country"),
            "giver": _("Handed over by"),
            "taker": _("Received by"),
            "lines": _lines(certificate),
        }


def _name(organisation: Any, suffix: str) -> str:
    if organisation is None:
        return ""
    return str(getattr(organisation, f"name_{suffix}", "") or organisation.legal_name)


def _lines(certificate: HandoverCertificate) -> list[tuple[str, str]]:
    """What was transferred, a line for each kind."""
    lines = certificate.project.transfer_lines.filter(applies=True).order_by()
    rows = lines.values("kind").annotate(
        count=Count("pk"), trained=Sum("persons"), certified=Sum("certificates"), local=Sum("localised")
    )
    found = {row["kind"]: row for row in rows}
    return [(str(kind.label).capitalize(), _summary(kind, found.get(kind))) for kind in TransferKind]


def _summary(kind: TransferKind, row: dict[str, Any] | None) -> str:
    if row is None:
        return _("does not apply")
    told = [number(row["count"])]
    if kind == TransferKind.EXPERTISE and row["trained"]:
        told.append(_("persons trained: %(count)s") % {"count": number(row["trained"])})
    if kind == TransferKind.EXPERTISE and row["certified"]:
        told.append(_("certificates issued: %(count)s") % {"count": number(row["certified"])})
    if kind == TransferKind.MANAGEMENT and row["local"] and row["count"] == 1:
        told.append(_("posts held by local staff, %%: %(part)s") % {"part": number(Decimal(row["local"]).normalize())})
    return " · ".join(told)
