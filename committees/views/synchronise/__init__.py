"""A roster file comes in: upload, sheet, columns, what would change, apply, take back."""

from committees.views.synchronise.files import ComparisonFile, RejectedRows
from committees.views.synchronise.page import SynchronisationPage, TakeBack
from committees.views.synchronise.upload import ChooseColumns, ChooseSheet, SynchroniseUpload

__all__ = [
    "ChooseColumns",
    "ChooseSheet",
    "ComparisonFile",
    "RejectedRows",
    "SynchronisationPage",
    "SynchroniseUpload",
    "TakeBack",
]
