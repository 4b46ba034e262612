from projects.models.money import ExchangeRate, MoneyEvent
from projects.models.project import Participant, Project, ProjectCountry, Sponsorship

__all__ = ["ExchangeRate", "MoneyEvent", "Participant", "Project", "ProjectCountry", "Sponsorship"]
