"""A certificate of membership in three languages on one sheet, with a code that leads to the page that checks it."""

from io import BytesIO
from typing import Any, Final

import qrcode
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from committees.enums import PositionCode
from committees.files.printing import SUFFIXES, download, pdf
from committees.history import last_day
from committees.models import Certificate, Position
from temp_portal.core.db import first_day
from temp_portal.core.markup import date_text

LANGUAGES: Final = tuple(SUFFIXES)


def write_certificate(certificate: Certificate) -> HttpResponse:
    """The sheet as a download called by its number."""
    address = f"{settings.SITE_URL}{certificate.get_absolute_url()}"
    content = {
        "parts": [_part(certificate, language) for language in LANGUAGES],
        "number": certificate.number,
        "address": address,
        "qr": qr_code(address),
    }
    return download(pdf("certificate", content), "application/pdf", f"{certificate.number}.pdf")


def qr_code(text: str) -> str:
    """A QR code as SVG; a quarter of it may be damaged."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=0, error_correction=qrcode.ERROR_CORRECT_Q)
    with BytesIO() as file:
        image.save(file)
        return file.getvalue().decode()


def _part(certificate: Certificate, language: str) -> dict[str, Any]:
    """What the sheet says in one language."""
    seat, suffix = certificate.seat, SUFFIXES[language]
    organisation = seat.organisation.named_on(timezone.localdate(certificate.issued_at))
    committee = seat.committee
    with translation.override(language):
        facts = [
            (_("Certificate no."), certificate.number),
            (_("Member since"), date_text(first_day(seat.valid))),
            (_("Issued on"), date_text(timezone.localdate(certificate.issued_at))),
        ]
        if (until := last_day(seat)) is not None:
            facts.insert(2, (_("Member until"), date_text(until)))
        return {
            "title": _("Certificate of membership"),
            "organisation": getattr(organisation, f"name_{suffix}") or organisation.legal_name,
            "is_member": _("is a member of the committee"),
            "committee": getattr(committee, f"name_{suffix}") or str(committee),
            "platform": _("Trade and Economic Multifunctional Platform for SCO Countries"),
            "facts": facts,
            "signatory": _signatory(certificate, suffix),
            "check": _("Whether the membership is valid is shown at this address."),
        }


def _signatory(certificate: Certificate, suffix: str) -> str:
    """The title of who signs: the committee's head."""
    head = Position.objects.filter(committee=certificate.seat.committee, code=PositionCode.CHAIR).first()
    return (getattr(head, f"title_{suffix}", "") if head else "") or str(PositionCode.CHAIR.label)
