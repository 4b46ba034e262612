"""What is done with a document after its upload: the virus scan, where there is a scanner, and its preview."""

from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy, gettext_noop

from temp_portal.documents import storage, workflows
from temp_portal.documents.enums import DocumentState
from temp_portal.documents.models import Document
from temp_portal.documents.previews import draw
from temp_portal.documents.scanner import ScannerUnavailable, scan
from temp_portal.jobs.registry import job
from temp_portal.jobs.run import JobRun

_STEPS: Final = 2


@job(workflows.EXAMINATION, label=gettext_lazy("Check and preview of a document"))
def examine(run: JobRun) -> dict[str, Any]:
    """Scan and draw one document. One whose scanner is away stays pending; the sweeper comes back to it."""
    document = Document.objects.get(pk=run.params["document"])
    run.progress(0, _STEPS, message=gettext_noop("Looking for viruses"))
    if document.state == DocumentState.PENDING and not _scanned(document):
        return {"url": document.get_absolute_url()}
    run.progress(1, _STEPS, message=gettext_noop("Drawing the preview"))
    if document.is_kept and document.examined_at is None:
        with storage.opened(str(document.file.name)) as file:
            workflows.show(document, draw(file, document.media_type))
    run.progress(_STEPS, _STEPS)
    return {"url": document.get_absolute_url()}


def _scanned(document: Document) -> bool:
    """Whether the document was found clean. It is pending no longer then, nor when a virus was found."""
    if not settings.CLAMAV_URL:
        workflows.let_pass(document, "")
        return True
    try:
        with storage.opened(str(document.file.name)) as file:
            verdict = scan(file, settings.CLAMAV_URL)
    except ScannerUnavailable:
        return False
    if verdict.virus:
        workflows.refuse(document, "virus", verdict.answer)
        return False
    workflows.let_pass(document, verdict.answer)
    return True
