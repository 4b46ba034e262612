"""What projects take in as tables: the projects themselves, and exchange rates."""

from projects.tabular.projects import Projects
from projects.tabular.rates import Rates

__all__ = ["Projects", "Rates"]
