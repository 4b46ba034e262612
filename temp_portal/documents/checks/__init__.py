"""What an uploaded file really is, judged by its content alone.

    findings = check(upload.file, upload.name)

Everything here works on bytes and knows no database: what is refused is refused before anything is kept.
"""

from temp_portal.documents.checks.check import Findings, check
from temp_portal.documents.checks.limits import LIMITS, Limits
from temp_portal.documents.checks.refusals import Refused

__all__ = ["LIMITS", "Findings", "Limits", "Refused", "check"]
