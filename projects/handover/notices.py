"""What people are told about handovers and the reviews after them."""

from django.utils.translation import gettext_lazy as _

from projects.handover.models import HandoverCertificate, Review
from temp_portal.notifications.kinds import Context, Kind, register, translations


def _certificate(certificate: HandoverCertificate) -> Context:
    return {
        "project": translations(certificate.project, "title"),
        "code": certificate.project.code,
        "number": certificate.number,
        "handed_over_on": certificate.handed_over_on,
    }


def _review(review: Review) -> Context:
    return {
        "project": translations(review.project, "title"),
        "code": review.project.code,
        "months": review.months,
        "due_on": review.due_on,
    }


PROJECT = (_("Project"), "project")

register(
    Kind(
        "handover_certified",
        label=_("A project was handed over"),
        subject=_("%(code)s was handed over"),
        body=_("The certificate of handover %(number)s has been issued."),
        details=(PROJECT, (_("Handed over on"), "handed_over_on")),
        context=_certificate,
    ),
    Kind(
        "handover_review_due",
        label=_("A review after a handover is due"),
        subject=_("Review of %(code)s, %(months)s months after the handover"),
        body=_("Look at availability, spare parts and local staff. The review is due on %(due_on)s."),
        details=(PROJECT, (_("Due on"), "due_on")),
        context=_review,
    ),
)
