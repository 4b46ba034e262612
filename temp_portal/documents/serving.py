"""Files on their way out: as they are stored, wherever that is, with headers that let no browser run them."""

from typing import Final

from django.http import FileResponse, Http404

from temp_portal.core import files
from temp_portal.documents.models import Document

_CONFINED: Final = "sandbox; default-src 'none'"


def whole(document: Document) -> FileResponse:
    """The file as an attachment. The caller has checked who asks. Raises Http404 when it is gone."""
    return _confined(str(document.file.name), document.name, document.media_type)


def preview(document: Document, number: int) -> FileResponse:
    """The picture of one page, to be shown. Raises Http404 when there is none."""
    if not 0 <= number < len(document.previews):
        raise Http404
    response = _confined(document.previews[number], f"{number + 1}.png", "image/png")
    response["Content-Disposition"] = "inline"
    return response


def _confined(stored: str, name: str, media_type: str) -> FileResponse:
    if not stored:
        raise Http404
    try:
        response = files.download(stored, name)
    except FileNotFoundError:
        raise Http404 from None
    response["Content-Type"] = media_type
    response["Content-Security-Policy"] = _CONFINED
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
