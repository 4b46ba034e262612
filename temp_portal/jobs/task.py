"""The base of all background tasks."""

from typing import Any

from celery import Task

from temp_portal.audit import history


class PortalTask(Task[Any, Any]):
    """Opens a history context, so that the row history says which task made a change."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with history.context(task=self.name):
            return super().__call__(*args, **kwargs)
