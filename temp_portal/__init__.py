"""The platform of the portal. It knows no committee, member or project."""

from temp_portal.celery import app as celery_app

__all__ = ["celery_app"]
