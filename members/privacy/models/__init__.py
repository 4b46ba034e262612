from members.privacy.models.breach import Breach
from members.privacy.models.erasure import Erasure
from members.privacy.models.request import PrivacyRequest
from members.privacy.models.retention import RetentionRun

__all__ = ["Breach", "Erasure", "PrivacyRequest", "RetentionRun"]
