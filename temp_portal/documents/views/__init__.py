"""The pages of documents."""

from temp_portal.documents.views.change import DocumentDetails, DocumentReplace, DocumentWithdraw
from temp_portal.documents.views.files import Download, SignedFile
from temp_portal.documents.views.lists import DocumentList
from temp_portal.documents.views.page import DocumentPage
from temp_portal.documents.views.upload import DocumentUpload, UploadAtOnce

__all__ = [
    "DocumentDetails",
    "DocumentList",
    "DocumentPage",
    "DocumentReplace",
    "DocumentUpload",
    "DocumentWithdraw",
    "Download",
    "SignedFile",
    "UploadAtOnce",
]
