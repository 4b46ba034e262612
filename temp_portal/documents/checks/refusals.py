"""Why a file is refused, each with what to do about it."""

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refused(ValidationError):
    """The file cannot be taken. `code` is the reason for programs, the message says what to do, for people."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(SENTENCES[code], code=code, params=values)

    @property
    def sentence(self) -> str:
        """The message in the reader's language."""
        return str(self.messages[0])


SENTENCES: "Final[dict[str, StrOrPromise]]" = {
    "empty": _("The file is empty. Choose it again, or save it anew first."),
    "too_large": _(
        "The file is larger than %(limit)s MB. Save it with smaller pictures, or split it into several files."
    ),
    "name": _(
        "The name of the file holds characters that hide what it is. Rename it with letters and digits, and upload it "
        "again."
    ),
    "program_name": _(
        "The name of the file ends like that of a program or a web page. Upload the document itself: PDF, JPEG, PNG, "
        "WebP, DOCX, XLSX, PPTX, ODT or ODS."
    ),
    "kind": _(
        "This is none of the kinds that can be taken. Save it as PDF, JPEG, PNG, WebP, DOCX, XLSX, PPTX, ODT or ODS."
    ),
    "heic": _(
        "Photos in HEIC cannot be shown everywhere. Share the photo as JPEG, or set the camera to “most compatible”."
    ),
    "legacy": _("Files of Word, Excel or PowerPoint 97–2003 are not taken. Save it as DOCX, XLSX, PPTX or PDF."),
    "damaged": _(
        "The file is incomplete or damaged; perhaps the connection broke off. Open it to see that it is whole, save "
        "it anew and upload it again."
    ),
    "password": _("The file is protected by a password or against copying. Save it without protection."),
    "virus": _("The file holds a virus. Check your computer, and do not pass the file on."),
    "macros": _("The file holds macros or scripts. Save it without them, or print it to PDF."),
    "embedded": _(
        "Other files are hidden inside the file. Remove the attachments and embedded objects, and upload them one by "
        "one."
    ),
    "links_out": _(
        "The file loads parts of itself from elsewhere. Save it with everything inside, or print it to PDF."
    ),
    "mixed": _(
        "The file holds something besides the document: before it, behind it, or hidden in it. Open it, save it anew "
        "(for example by printing it to PDF) and upload that."
    ),
    "bomb": _(
        "The file unpacks to far more than a document holds, so it was not opened. Save it anew, or print it to PDF."
    ),
    "paths": _("The file holds parts with forbidden names. Open it and save it anew."),
    "xml": _("The file holds definitions that documents do not need. Open it and save it anew, or print it to PDF."),
    "pixels": _("The picture has more than %(limit)s million pixels. Save it smaller."),
}
