from projects.handover.models.review import Review
from projects.handover.models.transfer import HandoverCertificate, TransferLine

__all__ = ["HandoverCertificate", "Review", "TransferLine"]
