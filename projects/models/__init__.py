from projects.models.money import ConvertedMoney, ExchangeRate, MoneyEvent
from projects.models.project import Participant, Project, ProjectCountry, Sponsorship

__all__ = [
    "ConvertedMoney",
    "ExchangeRate",
    "MoneyEvent",
    "Participant",
    "Project",
    "ProjectCountry",
    "Sponsorship",
]
