"""What the core of the app shows on a project's page: its record and course, who takes part, its money."""

from projects.project_panels import money, record

__all__ = ["money", "record"]
