"""A letter as a sheet. Everything on it was written down when it was sent, so it comes out the same at any time."""

from django.http import HttpResponse
from django.utils import translation

from committees.files.printing import download, pdf
from committees.models import Letter


def write_letter(letter: Letter) -> HttpResponse:
    """The sheet as a download called by its number."""
    return download(letter_pdf(letter), "application/pdf", f"{letter.number.replace('/', '-')}.pdf")


def letter_pdf(letter: Letter) -> bytes:
    """The same bytes whenever it is asked for."""
    with translation.override(letter.content["languages"][0]):
        return pdf("letter", letter.content, made_at=letter.sent_at)
