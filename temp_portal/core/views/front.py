"""The public front page."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from temp_portal.core.dashboard import contributions
from temp_portal.core.views.pages import TemplateView


class FrontView(TemplateView):
    """Collects the blocks of all apps' `dashboard.py` as of today."""

    template_name = "core/front.html"
    title = _("Working committees")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = timezone.localdate()
        found = contributions(self.request, day)
        page = {
            "day": day,
            "figures": found.figures,
            "heroes": [block for block in found.blocks if block.place == "hero"],
            "sections": [block for block in found.blocks if block.place == "section"],
        }
        return super().get_context_data(**page | kwargs)
