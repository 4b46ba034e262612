"""Every question asked of imports."""

from typing import Any, Self

from django.db import models

from temp_portal.accounts.enums import Role
from temp_portal.accounts.permissions import holds


class TableImportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """All for the Secretariat, nothing for anybody else: the files hold rows that nobody has checked."""
        return self if holds(user, Role.STAFF, Role.ADMINISTRATOR) else self.none()

    def light(self) -> Self:
        """Without what only the page of one import shows."""
        return self.defer("mapping", "headers", "sample", "changes")


class RowProblemQuerySet(models.QuerySet[Any]):
    def as_errors(self) -> models.QuerySet[Any, Any]:
        """The problems as tuples in the order of `RowError`, by row."""
        return self.order_by("row", "pk").values_list("row", "column", "value", "reason")
