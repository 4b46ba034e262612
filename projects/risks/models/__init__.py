from projects.risks.models.risk import Assessment, Risk

__all__ = ["Assessment", "Risk"]
