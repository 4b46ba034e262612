"""The public page for an enterprise that thinks of joining a committee."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.joining import asked, countries, experience, languages_of_office
from committees.models import AdmissionProcedure
from committees.rules import is_working
from committees.views.committee import shown_language, texts, why_closed
from committees.views.places import InCommittee
from temp_portal.core.views import Crumb, TemplateView


class Joining(InCommittee, TemplateView):
    """What members gain, what it takes, how long it took others, and whom to ask."""

    template_name = "committees/joining.html"
    place = "overview"

    def get_title(self) -> str:
        return _("Joining: %(committee)s") % {"committee": self.committee}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Joining")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        documents, questions = asked(self.committee)
        page = {
            "benefits": texts(self.committee, "benefits"),
            "shown_benefits": shown_language(texts(self.committee, "benefits")),
            "documents": documents,
            "questions": questions,
            "experience": experience(self.committee),
            "countries": countries(self.committee),
            "office_languages": languages_of_office(self.committee),
            "decision_days": AdmissionProcedure.of(self.committee).decision_days,
            "takes_applications": is_working(self.request.user, self.committee),
            "why_closed": why_closed(self.committee),
        }
        return super().get_context_data(**page | kwargs)
