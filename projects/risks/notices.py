"""What people are told about risks."""

from django.utils.translation import gettext_lazy as _

from projects.risks.models import Risk
from temp_portal.notifications.kinds import Context, Kind, register, translations


def _risk(risk: Risk) -> Context:
    return {
        "project": translations(risk.project, "title"),
        "code": risk.project.code,
        "risk": risk.title,
        "review_on": risk.review_on,
    }


register(
    Kind(
        "risk_review_due",
        label=_("A risk is to be looked at again"),
        subject=_("Review of a risk of %(code)s"),
        body=_("Say how likely and how bad it is today, and when to look again: %(risk)s"),
        details=((_("Project"), "project"), (_("Review due on"), "review_on")),
        context=_risk,
    )
)
