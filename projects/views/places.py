"""What all pages about one thing of a project share: the project itself, who may be here, and the way back."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.models import Project
from temp_portal.core.views import Crumb, PageMixin


class InProject(PageMixin):
    """A page under /projects/<code>/. `rule` is checked on the project; 404 for whoever does not see it.

    Its template extends "projects/in_project.html", or "core/form.html" for a form.
    """

    kwargs: dict[str, Any]

    @cached_property
    def project(self) -> Project:
        """The project that the address names."""
        found: Project = get_object_or_404(Project.objects.visible_to(self.request.user), code=self.kwargs["code"])
        return found

    def check(self, rule: str, target: Model | None = None) -> None:
        super().check(rule, target or self.project)

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Projects"), reverse("projects:project-list")),
            Crumb(self.project.code, self.project.get_absolute_url()),
            Crumb(self.get_title()),
        ]

    def get_back_url(self) -> str:
        """Where forms lead back to."""
        return self.project.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"project": self.project} | kwargs)
