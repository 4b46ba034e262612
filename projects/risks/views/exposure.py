"""Money by country and currency over all projects of which the reader may know the amounts."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.models import Project
from projects.risks.exposure import exposure_of
from temp_portal.core.views import Crumb, TemplateView


class ExposurePage(TemplateView):
    template_name = "projects/risks/exposure.html"
    title = gettext_lazy("Exposure by country and currency")
    login_required = True
    rule = "risks.view_exposure"

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Projects"), reverse("projects:project-list")), Crumb(_("Exposure"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        exposure = exposure_of(Project.objects.money_visible_to(self.request.user))
        return super().get_context_data(**{"exposure": exposure} | kwargs)
