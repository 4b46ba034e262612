"""Looks at everything the portal stands on and says what to do about what is wrong."""

from temp_portal.core.doctor.findings import Finding, Level
from temp_portal.core.doctor.run import examine

__all__ = ["Finding", "Level", "examine"]
