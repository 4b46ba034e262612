from projects.models.evidence import StageEvidence
from projects.models.money import ConvertedMoney, ExchangeRate, MoneyEvent
from projects.models.project import Participant, Project, ProjectCountry, Sponsorship
from projects.models.site import Site

__all__ = [
    "ConvertedMoney",
    "ExchangeRate",
    "MoneyEvent",
    "Participant",
    "Project",
    "ProjectCountry",
    "Site",
    "Sponsorship",
    "StageEvidence",
]
