"""The page of one row."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from temp_portal.core.views import generics
from temp_portal.core.views.pages import PageMixin

M = TypeVar("M", bound=Model)


class ObjectMixin(PageMixin, generics.SingleObjectMixin[M]):
    """Fetches the row out of `get_queryset()` (404 for whoever does not see it) and checks the rule on it (403)."""

    object: M

    def is_about_object(self) -> bool:
        return True

    def get_object(self, queryset: QuerySet[M] | None = None) -> M:
        found = super().get_object(queryset)
        if self.rule:
            self.check(self.rule, found)
        return found

    def get_title(self) -> str:
        return super().get_title() or str(self.object)


class DetailView(ObjectMixin[M], generics.DetailView[M]):
    """Shows one row. Give it `get_queryset()` and a template."""
