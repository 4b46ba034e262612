"""The pages of imports, for the Secretariat."""

from temp_portal.imports.views.columns import ImportColumns
from temp_portal.imports.views.lists import ImportList, ProblemList
from temp_portal.imports.views.table_import import ImportApply, ImportPage, RejectedRows
from temp_portal.imports.views.upload import ImportUpload

__all__ = [
    "ImportApply",
    "ImportColumns",
    "ImportList",
    "ImportPage",
    "ImportUpload",
    "ProblemList",
    "RejectedRows",
]
